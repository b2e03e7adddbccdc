import { formatDay } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import type { ActivityFeedback } from '#features/plan/plan-for-staff.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { textPages } from '../text-pages.ts'
import { type PlanFacts, planText, stretchRows } from './plan-view.ts'
import { brief, pageIn, plainDay } from './plan-words-view.ts'

/** A family's plan as its curator and supervisors see it: all of it. */
export const staffPlanView = (
  builder: CardBuilder,
  {
    family: { id, number },
    version,
    safety,
    ...facts
  }: Omit<PlanFacts, 'minor'> & {
    family: { id: string; number: number }
    version: number
    /** Warnings that belong to the family; empty if there are none. */
    safety: string
  },
): View =>
  builder.card(
    'f-plan',
    paragraphs(
      builder.say.t('staffPlan.title', { number, version }),
      safety,
      planText(builder.say, { ...facts, minor: false }),
    ),
    [
      ...stretchRows(builder, facts.progress),
      [builder.link(builder.say.label('planMarks.button'), 'f-marks', id)],
      [builder.link(builder.say.label('proposals.staff.button'), 'f-proposals', id)],
      [builder.link(builder.say.label('planFile.button'), 'f-plan-file')],
      [builder.link(builder.say.label('caseload.card'), 'f-card', id)],
    ],
    { confidential: true },
  )

export type SaidFacts = { said: ActivityFeedback; page: number; timeZone: string; now: Date }

/** Members' opinions about an activity; for supervisors also who reports that it took place. */
export const saidView = (builder: CardBuilder, { said, page, timeZone, now }: SaidFacts): View => {
  const { say, link } = builder
  const { family, activity, opinions, marks } = said
  const marked = marks.map(({ author, on, happened, words }) =>
    [
      `<b>${authorName(say, author)}:</b>`,
      say.t(happened ? 'staffPlan.was' : 'staffPlan.wasNot', { day: plainDay(say, on, now) }),
      words !== null && escapeHtml(`«${words}»`),
    ]
      .filter(Boolean)
      .join(' '),
  )
  const pages = textPages(
    opinions.map(({ author, kind, words, at }) => ({
      head: say.t('staffPlan.line', {
        who: authorName(say, author),
        day: formatDay(say, { instant: at, timeZone, now }),
        kind: say.label(`staffPlan.kinds.${kind}`),
      }),
      text: words ?? '',
    })),
  )
  const { shown, turns } = pageIn(builder, pages, page, 1)
  return builder.card(
    'f-said',
    paragraphs(
      say.t('staffPlan.saidTitle', { number: family.number }),
      activity && escapeHtml(brief(activity.plain, 200)),
      marked.slice(0, mostMarks).join('\n'),
      ...(shown[0] ?? []),
      opinions.length + marks.length === 0 && say.t('staffPlan.silent'),
    ),
    [...turns, [link(say.label('staffPlan.plan'), 'f-plan', family.id)]],
    { confidential: true },
  )
}

/** The newest days are what a card is about. */
const mostMarks = 6

const authorName = (say: Say, author: ActivityFeedback['marks'][number]['author']): string =>
  say.label(`staffPlan.roles.${author}`)
