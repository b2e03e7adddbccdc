import type { ScreenState, Session } from './session.ts'

/** Screens that are looked at on the way; Back leads from them to where the person was. */
const asides: readonly ScreenState['name'][] = [
  'home',
  'help',
  'language',
  'status',
  'talk',
  'cancel',
  'queue',
  'case',
  'joined',
  'families',
  'caseload',
  'family-case',
  'family-invite',
  'family-add',
  'family-ask',
  'results',
  'tell-survey',
  'tell-said',
  'tell-done',
  'tell-whom',
  'tell-told',
  'messages',
  'messages-write',
  'f-thread',
  'thread',
  'thread-write',
  'visits',
  'visit',
  'visit-slots',
  'visit-words',
  'visit-late',
  'visit-door',
  'my-visits',
  'f-visits',
  'f-visit',
  'f-visit-cancel',
  'calendar',
  'calendar-file',
  'settings',
  'push-mode',
  'quiet-hours',
  'said-done',
  'survey-end',
  'survey-later',
  'plan',
  'plan-list',
  'activity',
  'plan-changes',
  'plan-change',
  'plan-words',
  'f-plan',
  'f-said',
]

/** Nothing is left to go back to. */
const ends: readonly ScreenState['name'][] = ['cancelled', 'refused', 'too-young']

export const isAside = ({ name }: ScreenState): boolean => asides.includes(name)

/** Keeps where Back leads to from the screen that comes next. */
export const rememberWay = (session: Session, to: ScreenState) => {
  if (ends.includes(to.name) || (to.name === 'status' && to.just)) delete session.before
  else if (isAside(to) && !isAside(session.screen)) session.before = session.screen
  else if (!isAside(to)) delete session.before
}

/** What of a state belongs to the card that is shown; whatever else differs, another question is another card. */
const passing = ['page', 'problem', 'ticked', 'just', 'changing', 'because', 'after', 'direct']

export const sameCard = (a: ScreenState, b: ScreenState): boolean => {
  const key = (state: ScreenState) =>
    Object.entries(state)
      .filter(([name]) => !passing.includes(name))
      .sort()
      .join()
  return key(a) === key(b)
}
