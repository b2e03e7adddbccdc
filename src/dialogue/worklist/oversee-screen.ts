import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import { byId, defineScreen } from '#dialogue/screen.ts'
import { requestForStaff } from '#features/requests/cases.ts'
import { overseeRequest } from '#features/requests/oversight.ts'
import { longestReason } from '#features/requests/request-transitions.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    oversee: z.infer<typeof overseeState>
  }
  interface Links {
    oversee: 'oversee'
  }
}

const overseeState = z.object({
  requestId: z.uuid(),
  /** What it is opened for; by default to be read. */
  next: z.literal('give').optional(),
  problem: z.string().optional(),
})

/** A supervisor says why they open, or give away, what somebody else has taken. */
export const overseeScreen = defineScreen({
  name: 'oversee',
  state: overseeState,
  varies: ['problem'],
  links: {
    oversee: byId(async ({ deps, who }, requestId) => {
      await requestForStaff(deps.database, who?.staff, requestId)
      return { to: { name: 'oversee', requestId } }
    }),
  },
  afterCommit: (_, { requestId, next }) => (next ? { name: next, requestId } : { name: 'case', requestId }),
  draw: ({ say, builder }, { problem, next }) =>
    builder.card(
      'oversee',
      paragraphs(
        problem && `⚠️ ${say.t(`question.problems.${problem}`)}`,
        say.t(next ? 'worklist.oversee.whyGive' : 'worklist.oversee.why'),
      ),
      [],
    ),
  tap: (_, { requestId }, tap) => (tap.action === 'back' ? { to: { name: 'case', requestId } } : null),
  words: async (turn, { problem: _, ...state }, text) => {
    const { requestId, next } = state
    const { who, now, deps, say } = turn
    if (countCharacters(text) > longestReason) return { to: { ...state, problem: 'reason-too-long' } }
    const staff = who?.staff
    await turn.once(async (tx) => {
      const request = await requestForStaff(tx, staff, requestId)
      if (!staff) throw new DomainError('not-found')
      await overseeRequest(tx, deps.sealer, { staff, request, reason: text, now })
    })
    if (next) return { to: { name: next, requestId } }
    return { to: { name: 'case', requestId }, notice: say.t('worklist.oversee.done') }
  },
})
