import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { withHeld } from '#dialogue/words/story-words.ts'
import type { Answers } from '#features/intake/answers.ts'
import { walk } from '#features/intake/walk.ts'
import { submitRequest } from '#features/requests/submit-request.ts'
import { onward } from './next-question.ts'

/**
 * The short way to the centre for somebody in danger: place, whether writing is safe, consent, sent. Nothing is typed; what
 * they have written before the way began goes with it.
 */
export const beginShortWay = async (turn: Turn): Promise<ScreenState> => {
  const { who, session } = turn
  if (who?.openRequest) return { name: 'status' }
  // A child under ten cannot apply: they call an adult instead.
  if (session.screen.name === 'under-ten' || session.screen.name === 'under-ten-help')
    return { name: 'under-ten-help' }
  await turn.keep({ ...withHeld(turn), short: true })
  delete session.held
  return onward(turn)
}

/** After the last consent of the short way the request is sent at once: there is nothing to check before it. */
export const submitShort = async (turn: Turn, answers: Answers): Promise<Step | null> => {
  const { who, deps, now } = turn
  if (!answers.short || walk(answers, deps.region).gap !== null || !who?.draft) return null
  await turn.once((tx) => submitRequest(tx, deps, { who, answers, now }))
  return { to: { name: 'status', just: 'submitted' } }
}
