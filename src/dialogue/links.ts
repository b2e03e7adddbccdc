import { walk } from '#features/intake/walk.ts'
import type { Action, Tap } from './callback-data.ts'
import type { Step, Turn } from './screen.ts'
import { onward } from './screens/intake/onward.ts'
import { followCaseLink, isCaseLink } from './screens/staff/case-links.ts'

/** Buttons that may be tapped on any card, however old: they lead somewhere and answer nothing. */
const ways = ['home', 'help', 'language', 'status', 'talk', 'ask', 'queue', 'here', 'families'] as const
type Way = (typeof ways)[number]

export const isLink = (action: Action): boolean => isWay(action) || isCaseLink(action)
const isWay = (action: Action): action is Way => (ways as readonly string[]).includes(action)

export const followLink = async (turn: Turn, tap: Tap): Promise<Step | null> => {
  if (isCaseLink(tap.action)) return followCaseLink(turn, tap.action, tap.arg)
  if (!isWay(tap.action)) return null
  const step = await lead[tap.action](turn)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return elsewhere ? { ...step, fresh: true } : step
}

const lead: Record<Way, (turn: Turn) => Step | Promise<Step>> = {
  home: () => ({ to: { name: 'home' } }),
  help: () => ({ to: { name: 'help' } }),
  language: () => ({ to: { name: 'language' } }),
  status: () => ({ to: { name: 'status' } }),
  talk: () => ({ to: { name: 'talk' } }),
  queue: (turn) => ({ to: turn.who?.staff?.active ? { name: 'queue' } : { name: 'home' } }),
  families: () => ({ to: { name: 'families' } }),
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
