import { escapeHtml, type Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { Agreement } from '#features/plan/activity-opinions.ts'
import type { PlannedActivity } from '#features/plan/plan-document.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { textPages } from '../text-pages.ts'
import { brief, capital, pageIn } from './plan-words-view.ts'

/** How an activity differs in the version in force. */
export type Change = {
  id: string
  how: 'added' | 'moved' | 'changed' | 'removed' | 'same'
  /** Null for an added activity. */
  before: PlannedActivity | null
  /** Null for a removed activity. */
  after: PlannedActivity | null
  /** The fields that differ. */
  fields: readonly (keyof PlannedActivity)[]
}

/** When an activity is, in the words of the plan. */
type Spoken = (activity: PlannedActivity) => string

export type ChangesFacts = {
  changes: readonly Change[]
  /** The member's opinions. */
  said: ReadonlyMap<string, Agreement>
  /** The first version, in which everything is new. */
  first: boolean
  spoken: Spoken
  page: number
}

const nowOf = ({ after, before }: Change): PlannedActivity | null => after ?? before

/** Added, moved, changed and removed activities, each with a button to comment on it. */
export const changesView = (
  builder: CardBuilder,
  { changes, said, first, spoken, page }: ChangesFacts,
): View => {
  const { say, button } = builder
  const { shown, turns } = pageIn(builder, changes, page)
  const lines = shown.map((change) => {
    const plain = nowOf(change)?.plain ?? ''
    const moved =
      change.how === 'moved' && change.after ? `\n${escapeHtml(capital(spoken(change.after)))}` : ''
    return `<b>${say.t(`planChanges.how.${change.how}`)}</b> ${escapeHtml(plain)}${moved}`
  })
  const rows = shown.map((change) => {
    const mark = said.has(change.id) ? '✓ ' : ''
    return [button(mark + brief(nowOf(change)?.plain ?? '', 24 - mark.length), 'set', change.id)]
  })
  const head = first ? 'planChanges.first' : 'planChanges.title'
  const body = lines.length > 0 ? lines : [say.t('planChanges.nothing')]
  return builder.card('plan.changes', paragraphs(say.t(head), ...body, say.t('planChanges.hint')), [
    ...rows,
    ...turns,
  ])
}

export type ChangeFacts = {
  change: Change
  said: Agreement | null
  spoken: Spoken
  page: number
}

/** One change, before and after; spread over pages if it is long. */
export const changeView = (builder: CardBuilder, { change, said, spoken, page }: ChangeFacts): View => {
  const { say, button } = builder
  const pages = textPages(blocksOf(say, change, spoken))
  const { shown, turns } = pageIn(builder, pages, page, 1)
  const answer = (kind: Agreement, label: string) => button((said === kind ? '✓ ' : '') + label, 'set', kind)
  const html = paragraphs(
    `<b>${say.t(`planChanges.how.${change.how}`)}</b> ${escapeHtml(nowOf(change)?.plain ?? '')}`,
    ...(shown[0] ?? []),
    say.t('planChanges.ask'),
  )
  return builder.card('plan.change', html, [
    ...turns,
    [answer('agree', say.label('planChanges.buttons.agree'))],
    [
      answer('question', say.label('planChanges.buttons.question')),
      answer('disagree', say.label('planChanges.buttons.disagree')),
    ],
  ])
}

type Block = { head: string; text: string }

const blocksOf = (say: Say, { how, before, after, fields }: Change, spoken: Spoken): Block[] => {
  const shown = after ?? before
  if (!shown) return []
  const text = (activity: PlannedActivity | null, field: keyof PlannedActivity): string => {
    if (!activity) return say.label('planChanges.empty')
    if (field === 'when') return spoken(activity)
    if (field === 'kind') return say.label(`regions.shared.helpKinds.${activity.kind}`)
    if (field === 'audience' || field === 'memberIds')
      return say.label(`planChanges.audience.${activity.audience}`)
    const value = activity[field]
    return typeof value === 'string' ? value : say.label('planChanges.empty')
  }
  if (how === 'moved' || how === 'changed')
    return (
      fields
        // Naming the minors is unnecessary: each sees only their own.
        .filter((field) => field !== 'memberIds')
        .flatMap((field) => {
          const head = `<b>${say.t(`planChanges.fields.${field}`)}</b>`
          return [
            { head: `${head}, ${say.t('planChanges.before')}:`, text: text(before, field) },
            { head: `${head}, ${say.t('planChanges.after')}:`, text: text(after, field) },
          ]
        })
    )
  return (['when', 'place', 'responsible', 'familyPart', 'centrePart'] as const)
    .filter((field) => shown[field] !== undefined)
    .map((field) => ({ head: `<b>${say.t(`planChanges.fields.${field}`)}</b>`, text: text(shown, field) }))
}

/** Asks for the words of a question or a disagreement. */
export const opinionWordsView = (
  { say, button, card }: CardBuilder,
  { kind, problem }: { kind: 'question' | 'disagree'; problem: boolean },
): View =>
  card(
    'plan.words',
    paragraphs(problem && `⚠️ ${say.t('planChanges.tooLong')}`, say.t(`planChanges.words.${kind}`)),
    kind === 'disagree' ? [[button(say.label('question.skip'), 'skip')]] : [],
  )
