import { inTalk } from '#dialogue/hearing.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { withHeld } from '#dialogue/words/story-words.ts'
import type { Answers } from '#features/intake/answers.ts'
import { walk } from '#features/intake/walk.ts'
import { submitRequest } from '#features/requests/submit-request.ts'
import { holdsUnderTen, understandWho } from './begin-intake.ts'

/**
 * The short way to the centre for somebody in danger: place, whether writing is safe, consent, sent. Nothing is typed; what
 * they have written before the way began goes with it.
 */
export const beginShortWay = async (turn: Turn): Promise<Step> => {
  const { who, session } = turn
  if (who?.openRequest) return { to: { name: 'status' } }
  // A child under ten cannot apply: they call an adult instead.
  const { name } = session.screen
  if (name === 'under-ten' || name === 'under-ten-help' || holdsUnderTen(turn))
    return { to: { name: 'under-ten-help' } }
  await turn.keep({ ...withHeld(turn), short: true })
  delete session.held
  return understandWho(turn)
}

/** After the last consent of the short way the request is sent at once: there is nothing to check before it. */
export const submitShort = async (turn: Turn, answers: Answers): Promise<Step | null> => {
  const { who, deps, now } = turn
  if (!answers.short || walk(answers, deps.region).gap !== null || !who?.draft) return null
  await turn.once((tx) => submitRequest(tx, deps, { who, answers, talk: inTalk(turn), now }))
  return { to: { name: 'status', just: 'submitted' } }
}
