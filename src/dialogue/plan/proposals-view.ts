import { formatDay } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { ProposalForStaff } from '#features/plan/answer-proposals.ts'
import type { Proposal } from '#features/plan/proposals.ts'
import { rowsOfThree } from '../requests/staff-act-view.ts'
import { textPages } from '../text-pages.ts'
import { pageIn } from './plan-words-view.ts'

type When = { timeZone: string; now: Date }

/** What a member has proposed, and what became of each. */
export const proposalsView = (
  builder: CardBuilder,
  { proposals, full, page, ...when }: { proposals: readonly Proposal[]; full: boolean; page: number } & When,
): View => {
  const { say, button } = builder
  const pages = textPages(
    proposals.map(({ at, text, answer, inPlan }) => ({
      head: say.t('proposals.line', { day: formatDay(say, { instant: at, ...when }) }),
      text: [`«${text}»`, plain(say.t(stateOf(answer, inPlan))), answer?.text].filter(Boolean).join('\n'),
    })),
  )
  const { shown, turns } = pageIn(builder, pages, page, 1)
  return builder.card(
    'proposals',
    paragraphs(
      say.t('proposals.title'),
      say.t(full ? 'proposals.many' : 'proposals.intro'),
      ...(shown[0] ?? []),
    ),
    [...turns, ...(full ? [] : [[button(say.label('proposals.write'), 'write')]])],
  )
}

const stateOf = (answer: Proposal['answer'], inPlan: boolean) =>
  inPlan ? 'proposals.inPlan' : answer ? (`proposals.${answer.kind}` as const) : 'proposals.waiting'

/** The pages escape what they lay out. */
const plain = (html: string): string => html.replace(/<[^>]+>/g, '')

export const proposeView = ({ say, card }: CardBuilder, { problem }: { problem: boolean }): View =>
  card('propose', paragraphs(problem && `⚠️ ${say.t('proposals.tooLong')}`, say.t('proposals.ask')), [])

const pageSize = 4

/** What a family proposes, for those who write its plan. */
export const familyProposalsView = (
  builder: CardBuilder,
  facts: {
    family: { id: string; number: number }
    proposals: readonly ProposalForStaff[]
    page: number
  } & When,
): View => {
  const { say, button, link } = builder
  const { family, proposals, page } = facts
  const { shown, turns } = pageIn(builder, proposals, page, pageSize)
  const first = page * pageSize + 1
  const lines = shown.map((one, index) => proposalText(say, one, { ...facts, nth: first + index }))
  const open = shown.flatMap(({ id, answer }, index) =>
    answer ? [] : [button(String(first + index), 'set', id)],
  )
  return builder.card(
    'f-proposals',
    paragraphs(
      say.t('proposals.staff.title', { number: family.number }),
      ...(lines.length > 0 ? lines : [say.t('proposals.staff.none')]),
      open.length > 0 && say.t('proposals.staff.hint'),
    ),
    [...rowsOfThree(open), ...turns, [link(say.label('staffPlan.plan'), 'f-plan', family.id)]],
    { confidential: true },
  )
}

/** Long words are whole on the proposal's own card. */
const mostInList = 300
const proposalText = (
  say: Say,
  { author, confidential, at, text, answer, inPlan }: ProposalForStaff,
  { nth, most = mostInList, ...when }: When & { nth: number; most?: number },
): string => {
  const letters = [...text]
  return [
    say.t('proposals.staff.who', {
      nth,
      who: say.label(`staffPlan.roles.${author}`),
      day: formatDay(say, { instant: at, ...when }),
    }),
    confidential && say.t('proposals.staff.private'),
    `«${escapeHtml(letters.slice(0, most).join(''))}${letters.length > most ? '…' : ''}»`,
    answer && say.t(`proposals.staff.state.${inPlan ? 'inPlan' : answer.kind}`),
    answer?.text && escapeHtml(answer.text),
  ]
    .filter(Boolean)
    .join('\n')
}

/** One proposal, and the three answers to it. */
export const familyProposalView = (
  builder: CardBuilder,
  { proposal, ...when }: { proposal: ProposalForStaff } & When,
): View => {
  const { say, button } = builder
  const text = proposalText(say, proposal, { ...when, nth: 1, most: Number.POSITIVE_INFINITY })
  return builder.card(
    'f-proposal',
    paragraphs(text, say.t('proposals.staff.reads')),
    proposal.answer
      ? []
      : [
          [button(say.label('proposals.staff.accept'), 'agree')],
          [button(say.label('proposals.staff.note'), 'note')],
          [button(say.label('proposals.staff.decline'), 'refuse')],
        ],
    { confidential: true },
  )
}
