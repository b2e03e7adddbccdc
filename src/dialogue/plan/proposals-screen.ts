import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { heardNow } from '#dialogue/hearing.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Turn, turnPage } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { longestProposal, proposalsForMember, proposeActivity } from '#features/plan/proposals.ts'
import { proposalsView, proposeView } from './proposals-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    proposals: z.infer<typeof proposalsState>
    propose: z.infer<typeof proposeState>
  }
  interface Links {
    proposals: 'proposals'
  }
}

const proposalsState = z.object({ familyId: z.uuid(), page: z.int().min(0).optional() })

/** The proposals of the chosen family's member. */
export const proposalsOf = ({ who, session }: Turn): StateOf<'proposals'> => ({
  name: 'proposals',
  familyId: familyForMember(who, session.familyId).id,
})

/** What the member has proposed for the plan, and what became of it. */
export const proposalsScreen = defineScreen({
  name: 'proposals',
  state: proposalsState,
  aside: true,
  varies: ['page'],
  links: {
    proposals: byId((turn, familyId) => {
      turn.session.familyId = familyForMember(turn.who, familyId).id
      return { to: proposalsOf(turn) }
    }),
  },
  draw: async ({ deps, who, now, builder }, { familyId, page = 0 }) => {
    const found = await proposalsForMember(deps.database, deps.sealer, { who, familyId })
    return proposalsView(builder, { ...found, page, timeZone: deps.region.timeZone, now })
  },
  tap: (_, { familyId, page }, tap) => {
    if (tap.action === 'back') return { to: { name: 'plan' } }
    if (tap.action === 'write') return { to: { name: 'propose', familyId } }
    return turnPage({ name: 'proposals' as const, familyId, page }, tap)
  },
})

const proposeState = z.object({ familyId: z.uuid(), problem: z.literal('too-long').optional() })

/** Takes a proposal in the member's own words. */
export const proposeScreen = defineScreen({
  name: 'propose',
  state: proposeState,
  aside: true,
  varies: ['problem'],
  afterCommit: (_, { familyId }) => ({ name: 'proposals', familyId }),
  about: (_, { familyId }) => ({ kind: 'family', familyId }),
  draw: ({ builder }, { problem }) => proposeView(builder, { problem: problem !== undefined }),
  tap: (_, { familyId }, tap) => (tap.action === 'back' ? { to: { name: 'proposals', familyId } } : null),
  words: async (turn, { familyId }, text) => {
    const { deps, who, now, say } = turn
    if (countCharacters(text) > longestProposal)
      return { to: { name: 'propose', familyId, problem: 'too-long' } }
    const list = { name: 'proposals' as const, familyId }
    try {
      const proposal = { who, familyId, text, ...heardNow(turn), now }
      const { alarming, apart } = await turn.once((tx) => proposeActivity(tx, deps, proposal))
      // Words of danger, and those that the curator does not read, are answered as in the conversation.
      if (alarming || apart) return { to: await sentIn(turn, familyId) }
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-allowed') return { to: list }
      throw error
    }
    return { to: list, notice: say.t('proposals.sent') }
  },
})
