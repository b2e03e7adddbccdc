import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { byId, defineScreen } from '#dialogue/screen.ts'
import { calmCase, caseToCalm, caseToCheck, concludeCheck } from '#features/requests/cases.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { safetyOutcomes } from '#features/requests/safety-check.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'not-urgent': z.infer<typeof notUrgentState>
    'safety-check': z.infer<typeof safetyCheckState>
  }
  interface Links {
    calm: 'not-urgent'
    checked: 'safety-check'
  }
}

const notUrgentState = z.object({ requestId: z.uuid(), problem: z.string().optional() })

/** Staff say that a request is not urgent: with a reason, which stays in its history. */
export const notUrgentScreen = defineScreen({
  name: 'not-urgent',
  state: notUrgentState,
  varies: ['problem'],
  links: {
    calm: byId(async ({ deps, who }, requestId) => {
      await caseToCalm(deps.database, who?.staff, requestId)
      return { to: { name: 'not-urgent', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: ({ say, builder }, { problem }) =>
    builder.card(
      'not-urgent',
      paragraphs(problem && `⚠️ ${say.t(`question.problems.${problem}`)}`, say.t('case.notUrgentWhy')),
      [],
    ),
  tap: (_, { requestId }, tap) => (tap.action === 'back' ? { to: { name: 'case', requestId } } : null),
  words: async (turn, { requestId }, text) => {
    const { who, now, deps, say } = turn
    if (countCharacters(text) > longestReason)
      return { to: { name: 'not-urgent', requestId, problem: 'reason-too-long' } }
    await turn.once((tx) => calmCase(tx, deps, { staff: who?.staff, requestId, reason: text, now }))
    return { to: { name: 'case', requestId }, notice: say.t('case.notUrgentDone') }
  },
})

const safetyCheckState = z.object({ requestId: z.uuid() })

/** What came of the check after a withdrawal; until it is said, the check escalates. */
export const safetyCheckScreen = defineScreen({
  name: 'safety-check',
  state: safetyCheckState,
  links: {
    checked: byId(async ({ deps, who }, requestId) => {
      await caseToCheck(deps.database, who?.staff, requestId)
      return { to: { name: 'safety-check', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: ({ say, builder }) =>
    builder.card(
      'safety-check',
      say.t('case.checkWhat'),
      safetyOutcomes.map((code) => [builder.button(say.label(`case.checkOutcomes.${code}`), 'set', code)]),
    ),
  tap: async (turn, { requestId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'case', requestId } }
    const outcome = safetyOutcomes.find((one) => tap.action === 'set' && one === tap.arg)
    if (!outcome) return null
    const { who, now, deps } = turn
    await turn.once((tx) => concludeCheck(tx, deps, { staff: who?.staff, requestId, outcome, now }))
    return { to: { name: 'case', requestId } }
  },
})
