import { passOn } from '#features/staff/cases.ts'
import type { Screen } from '../../screen.ts'
import { createPen } from '../../views/pen.ts'
import { countOf } from '../intake/take-answer.ts'

const longestReason = 300

/** Giving a request on needs a reason in words: the next specialist reads it. */
export const passOnScreen: Screen<'pass-on'> = {
  draw: (turn, { problem }) => {
    const head = problem ? `⚠️ ${turn.say.t(`question.problems.${problem}`)}\n\n` : ''
    return createPen(turn.say, turn.session.revision).card('pass-on', head + turn.say.t('case.passOnReason'), [])
  },
  tap: (_, { requestId }, tap) => (tap.action === 'back' ? { to: { name: 'case', requestId } } : null),
  words: async (turn, { requestId }, text) => {
    const { who, now, deps } = turn
    if (countOf(text) > longestReason) return { to: { name: 'pass-on', requestId, problem: 'reason-too-long' } }
    await turn.once((tx) => passOn(tx, deps, { staff: who?.staff, requestId, reason: text, now }))
    return { to: { name: 'queue' }, notice: turn.say.t('case.passedOnDone') }
  },
}
