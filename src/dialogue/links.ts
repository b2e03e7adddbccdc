import { familyForMember } from '#features/families/family-for-member.ts'
import { walk } from '#features/intake/walk.ts'
import type { Action, Tap } from './callback-data.ts'
import type { Step, Turn } from './screen.ts'
import { followCalendarLink, isCalendarLink } from './calendar/calendar-links.ts'
import { followPlanLink, isPlanLink } from './plan/plan-links.ts'
import { openSaidDone } from './surveys/you-said-we-did-screen.ts'
import { followSurveyLink, isSurveyLink } from './surveys/survey-links.ts'
import { onward } from './intake/next-question.ts'
import { followMessageLink, isMessageLink } from './messages/message-links.ts'
import { followCaseLink, isCaseLink } from './requests/staff-case-links.ts'
import { followVisitLink, isVisitLink } from './visits/visit-links.ts'
import { followFamilyLink, isFamilyLink } from './families/staff-family-links.ts'

/** Buttons that may be tapped on any card, however old: they lead somewhere and answer nothing. */
const ways = [
  'home',
  'help',
  'language',
  'status',
  'talk',
  'ask',
  'queue',
  'here',
  'families',
  'settings',
  'said-done',
  'results',
] as const
type Way = (typeof ways)[number]

export const isLink = (action: Action): boolean =>
  isVisitLink(action) ||
  isPlanLink(action) ||
  isMessageLink(action) ||
  isCalendarLink(action) ||
  isSurveyLink(action) ||
  isWay(action) ||
  isCaseLink(action) ||
  isFamilyLink(action)
const isWay = (action: Action): action is Way => (ways as readonly string[]).includes(action)

export const followLink = async (turn: Turn, tap: Tap): Promise<Step | null> => {
  if (isCalendarLink(tap.action)) return followCalendarLink(turn, tap.action, tap.arg)
  if (isSurveyLink(tap.action)) return followSurveyLink(turn, tap.action, tap.arg)
  if (isMessageLink(tap.action)) return followMessageLink(turn, tap.action, tap.arg)
  if (isFamilyLink(tap.action)) return followFamilyLink(turn, tap.action, tap.arg)
  if (isVisitLink(tap.action)) return followVisitLink(turn, tap.action, tap.arg)
  if (isPlanLink(tap.action)) return followPlanLink(turn, tap.action, tap.arg)
  if (isCaseLink(tap.action)) return followCaseLink(turn, tap.action, tap.arg)
  if (!isWay(tap.action)) return null
  const step = await lead[tap.action](turn, tap.arg)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return elsewhere ? { ...step, fresh: true } : step
}

const lead: Record<Way, (turn: Turn, arg: string) => Step | Promise<Step>> = {
  home: () => ({ to: { name: 'home' } }),
  help: () => ({ to: { name: 'help' } }),
  language: () => ({ to: { name: 'language' } }),
  status: (turn, arg) => {
    if (arg === '') return { to: { name: 'status' } }
    const familyId = familyForMember(turn.who, arg).id
    turn.session.familyId = familyId
    return { to: { name: 'status', familyId } }
  },
  talk: () => ({ to: { name: 'talk' } }),
  queue: (turn) => ({ to: turn.who?.staff?.active ? { name: 'queue' } : { name: 'home' } }),
  families: () => ({ to: { name: 'families' } }),
  settings: () => ({ to: { name: 'settings' } }),
  'said-done': openSaidDone,
  results: () => ({ to: { name: 'results' } }),
  /** Back from the crisis card to where the person was. */
  here: (turn) => ({ to: turn.session.screen }),
  ask: (turn) => ({ to: askFor(turn) }),
}

/** «Ask for help»: the open request where there is one, else the questionnaire where it was left. */
const askFor = (turn: Turn): Step['to'] => {
  if (turn.who?.openRequest) return { name: 'status' }
  const begun = walk(turn.answers, turn.deps.region).path.length > 1
  const next: Step['to'] = begun ? onward(turn) : { name: 'question', id: 'applicant' }
  // The very question that was left, with what was ticked on it.
  const { before } = turn.session
  return before?.name === 'question' && next.name === 'question' && before.id === next.id ? before : next
}
