import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { paragraphs } from '#dialogue/card-builder.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { answerProposalAsStaff, proposalsForStaff } from '#features/plan/answer-proposals.ts'
import { longestProposal } from '#features/plan/proposals.ts'
import { proposalAnswers } from '#storage/plan/proposals.ts'
import { familyProposalsView, familyProposalView } from './proposals-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'f-proposals': z.infer<typeof listState>
    'f-proposal-answer': z.infer<typeof answerState>
  }
  interface Links {
    'f-proposals': 'f-proposals'
  }
}

const listState = z.object({
  familyId: z.uuid(),
  proposalId: z.uuid().optional(),
  page: z.int().min(0).optional(),
})

const answers = { agree: 'accepted', note: 'noted', refuse: 'declined' } as const

/** What a family proposes for its plan. Every access is audited. */
export const familyProposalsScreen = defineScreen({
  name: 'f-proposals',
  state: listState,
  aside: true,
  varies: ['page'],
  links: { 'f-proposals': byId((_, familyId) => ({ to: { name: 'f-proposals', familyId } })) },
  draw: async ({ deps, who, now, builder }, { familyId, proposalId, page = 0 }) => {
    const { family, proposals } = await deps.database.transaction((tx) =>
      proposalsForStaff(tx, deps, { staff: who?.staff, familyId, now }),
    )
    const when = { timeZone: deps.region.timeZone, now }
    const chosen = proposals.find(({ id }) => id === proposalId)
    return chosen
      ? familyProposalView(builder, { proposal: chosen, ...when })
      : familyProposalsView(builder, { family, proposals, page, ...when })
  },
  tap: (_, { familyId, proposalId, page }, tap) => {
    const list = { name: 'f-proposals' as const, familyId }
    if (!proposalId) {
      const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
      return chosen ? { to: { ...list, proposalId: chosen } } : turnPage({ ...list, page }, tap)
    }
    if (tap.action === 'back') return { to: list }
    const kind = answers[tap.action as keyof typeof answers]
    return kind ? { to: { name: 'f-proposal-answer', familyId, proposalId, kind } } : null
  },
})

const answerState = z.object({
  familyId: z.uuid(),
  proposalId: z.uuid(),
  kind: z.enum(proposalAnswers),
  problem: z.literal('too-long').optional(),
})

/** Takes the words of an answer, which only whoever proposed it reads. */
export const proposalAnswerScreen = defineScreen({
  name: 'f-proposal-answer',
  state: answerState,
  aside: true,
  varies: ['problem'],
  afterCommit: (_, { familyId }) => ({ name: 'f-proposals', familyId }),
  draw: ({ say, builder: { card, button } }, { kind, problem }) =>
    card(
      'f-proposal-answer',
      paragraphs(
        problem && `⚠️ ${say.t('proposals.tooLong')}`,
        say.t(`proposals.staff.words.${kind}`),
        say.t('proposals.staff.reads'),
      ),
      kind === 'declined' ? [] : [[button(say.label('proposals.staff.skip'), 'skip')]],
    ),
  tap: (turn, state, tap) => {
    const { familyId, proposalId, kind } = state
    if (tap.action === 'back') return { to: { name: 'f-proposals', familyId, proposalId } }
    return tap.action === 'skip' && kind !== 'declined' ? answer(turn, state, null) : null
  },
  words: (turn, state, text) =>
    countCharacters(text) > longestProposal
      ? { to: { ...state, problem: 'too-long' } }
      : answer(turn, state, text),
})

const answer = async (
  turn: Turn,
  { familyId, proposalId, kind }: Omit<StateOf<'f-proposal-answer'>, 'name'>,
  text: string | null,
): Promise<Step> => {
  const { deps, who, now, say } = turn
  const to = { name: 'f-proposals' as const, familyId }
  try {
    const given = { staff: who?.staff, familyId, proposalId, kind, text, now }
    await turn.once((tx) => answerProposalAsStaff(tx, deps, given))
  } catch (error) {
    if (error instanceof DomainError && error.code === 'already-closed')
      return { to, notice: say.t('proposals.staff.before') }
    throw error
  }
  return { to, notice: say.t('proposals.staff.done') }
}
