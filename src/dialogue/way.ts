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
  'messages',
  'messages-write',
  'f-thread',
  'thread',
  'thread-write',
  'calendar',
  'calendar-file',
  'settings',
  'push-mode',
  'quiet-hours',
]

/** Nothing is left to go back to. */
const ends: readonly ScreenState['name'][] = ['cancelled', 'refused', 'too-young']

/** Keeps where Back leads to from the screen that comes next. */
export const rememberWay = (session: Session, to: ScreenState) => {
  if (ends.includes(to.name) || (to.name === 'status' && to.just)) delete session.before
  else if (asides.includes(to.name) && !asides.includes(session.screen.name)) session.before = session.screen
  else if (!asides.includes(to.name)) delete session.before
}
