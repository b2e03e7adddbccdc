import { escapeHtml, type Say } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { PlanDocument } from '#features/plan/plan-document.ts'
import type { Placed, Progress, Stretch } from '#features/plan/progress.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { brief, capital, dayAndTime, pageIn, plainDay, progressBar } from './plan-words-view.ts'

export type PlanFacts = {
  document: PlanDocument
  progress: Progress
  /** Minors do not see goal and level, which are written for adults. */
  minor: boolean
  now: Date
}

/** The heading of the plan: goal, end date and progress. */
export const planText = (say: Say, { document, progress, minor, now }: PlanFacts): string => {
  const { goal, from, until, level } = document
  const { done, total } = progress
  return paragraphs(
    say.t('plan.title'),
    minor ? say.t('plan.forYou') : say.t('plan.goal', { goal }),
    [
      say.t('plan.period', { from: plainDay(say, from, now), until: plainDay(say, until, now) }),
      !minor && say.t(`plan.levels.${level}`),
    ]
      .filter(Boolean)
      .join('\n'),
    total === 0
      ? say.t('plan.nothing')
      : `${progressBar(done, total)}\n${say.t('plan.progress', { done, total })}`,
  )
}

/** `changes`: the changes of the version in force can be read and commented on. */
export const planView = (
  builder: CardBuilder,
  facts: PlanFacts & { changes: 'first' | 'new' | null; picture: View['picture'] | null },
): View => {
  const { say, button } = builder
  const changes = {
    first: () => button(say.label('plan.buttons.opinion'), 'set', 'changes'),
    new: () => button(say.label('plan.buttons.changes'), 'set', 'changes'),
  }
  const rows = [
    ...(facts.changes ? [[changes[facts.changes]()]] : []),
    ...stretchRows(builder, facts.progress),
    [button(say.label('planPdf.button'), 'full')],
    [button(say.label('proposals.button'), 'set', 'propose')],
  ]
  return builder.card('plan', planText(say, facts), rows, facts.picture ? { picture: facts.picture } : {})
}

/** The lists of the plan: by period and by kind of help. */
export const stretchRows = ({ say, button }: CardBuilder, { by, kinds }: Progress): Button[][] => [
  [
    button(say.label('plan.buttons.week'), 'set', 'week'),
    button(say.label('plan.buttons.later'), 'set', 'later'),
  ],
  [
    button(say.label('plan.buttons.done'), 'set', 'done'),
    ...(by.past.length > 0 ? [button(say.label('plan.buttons.past'), 'set', 'past')] : []),
  ],
  ...(kinds.size > 1 ? [[button(say.label('plan.buttons.kinds'), 'set', 'kinds')]] : []),
]

export const noPlanView = (builder: CardBuilder): View =>
  builder.card('plan', paragraphs(builder.say.t('plan.title'), builder.say.t('plan.none')), [
    [builder.button(builder.say.label('proposals.button'), 'set', 'propose')],
  ])

export type ListFacts = {
  /** The list: a period, or a kind of help. */
  list: Stretch | PlanDocument['activities'][number]['kind']
  items: readonly (Placed & { stretch: Stretch })[]
  page: number
  now: Date
}

/** Activities in order, six per page, each with a button to its card if it has one. */
export const planListView = (builder: CardBuilder, facts: ListFacts, { cards = true } = {}): View => {
  const { say } = builder
  const { list, items, page, now } = facts
  const { shown, turns } = pageIn(builder, items, page)
  const title = isStretch(list) ? say.t(`plan.lists.${list}`) : `<b>${kindName(say, list)}</b>`
  const empty = isStretch(list) ? say.t(`plan.empty.${list}`) : say.t('plan.nothing')
  const lines = shown.map(({ activity, day, stretch }) =>
    [
      `• ${escapeHtml(activity.plain)}`,
      `<i>${escapeHtml(whenLine(say, { activity, day, stretch }, now))}</i>`,
      // Staff read the list without cards; they must not mention this to adults.
      ...(!cards && activity.audience === 'confidential'
        ? [`<b>${say.t('staffPlan.confidential')}</b>`]
        : []),
    ].join('\n'),
  )
  const rows = shown.map(({ activity }) => [builder.link(brief(activity.plain), 'activity', activity.id)])
  return builder.card('plan.list', paragraphs(title, ...(lines.length > 0 ? lines : [empty])), [
    ...(cards ? rows : []),
    ...turns,
  ])
}

const whenLine = (say: Say, { activity, day, stretch }: Placed & { stretch: Stretch }, now: Date): string => {
  if (activity.status === 'cancelled') return say.label('activity.status.cancelled')
  if (stretch === 'done') return say.label('activity.status.done')
  const time = 'at' in activity.when ? activity.when.at : undefined
  if (stretch === 'past') return capital(say.label('plan.was', { day: plainDay(say, day.toString(), now) }))
  if (activity.when.kind === 'span')
    return say.label('plan.anyDay', { until: plainDay(say, activity.when.until, now) })
  return capital(dayAndTime(say, day.toString(), time, now))
}

const stretchNames: readonly string[] = ['week', 'later', 'done', 'past'] satisfies Stretch[]
const isStretch = (list: string): list is Stretch => stretchNames.includes(list)

/** The kind of help, in the words of the questionnaire. */
export const kindName = (say: Say, kind: string): string => say.t(`regions.shared.helpKinds.${kind}`)

/** The plan's kinds of help, each with its progress and a link to its list. */
export const planKindsView = (builder: CardBuilder, { kinds }: Progress): View => {
  const { say, button } = builder
  const lines = [...kinds].map(
    ([kind, { done, total }]) =>
      `${progressBar(done, total)} ${kindName(say, kind)}: ${say.t('plan.ofKind', { done, total })}`,
  )
  const rows = [...kinds.keys()].map((kind) => [
    button(brief(say.label(`regions.shared.helpKinds.${kind}`)), 'set', kind),
  ])
  return builder.card('plan.kinds', paragraphs(say.t('plan.kindsTitle'), lines.join('\n')), rows)
}
