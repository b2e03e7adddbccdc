import type { Say } from '#core/text.ts'
import type { MessagesFacts } from '#dialogue/messages/messages-view.ts'
import { expectedLine } from '#dialogue/messages/reading-time-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import { forWhom } from '#dialogue/visits/for-whom-view.ts'
import type { Agreement } from '#features/plan/activity-opinions.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { kindName } from './plan-view.ts'
import { dayAndTime } from './plan-words-view.ts'

export type ActivityFacts = {
  activity: Tracked
  /** Whose catalogue of help the activity may name. */
  region: string
  /** The schedule in words. */
  when: string
  /** The next days (ISO) of a repeated activity. */
  next: readonly string[]
  /** The day that is over, and what the member said of it; null: none is. */
  told: { day: string; happened: boolean | undefined } | null
  clear: 'clear' | 'unclear' | null
  agreement: Agreement | null
  /** After a question: who answers, and their hours. */
  answer: Pick<MessagesFacts, 'expected' | 'region'> | null
  /** The answer comes into a conversation that the curator does not read. */
  apart: boolean
  now: Date
}

/** One activity: plain words first, official terms once, then the ways to report and comment. */
export const activityView = (builder: CardBuilder, facts: ActivityFacts): View => {
  const { say } = builder
  const { activity, when, next, now } = facts
  const { plain, title, kind, place, responsible, familyPart, centrePart, status } = activity
  const at = 'at' in activity.when ? activity.when.at : undefined
  const html = paragraphs(
    say.t('activity.title', { plain }),
    forWhom(say, activity, 'activity'),
    status !== 'planned' && say.t(`activity.status.${status}`),
    [
      say.t('activity.when', { when }),
      next.length > 0 &&
        say.t('activity.next', { days: next.map((day) => dayAndTime(say, day, at, now)).join('; ') }),
      place && say.t('activity.place', { place }),
      say.t('activity.who', { who: responsible }),
      `${say.t('activity.kind')} ${kindName(say, kind)}`,
      helpLine(say, facts),
    ]
      .filter(Boolean)
      .join('\n'),
    [
      familyPart && say.t('activity.familyPart', { part: familyPart }),
      centrePart && say.t('activity.centrePart', { part: centrePart }),
    ]
      .filter(Boolean)
      .join('\n'),
    title !== plain && say.t('activity.official', { title }),
    saidLines(say, facts),
  )
  return builder.card('activity', html, [...toldRows(builder, facts), ...rows(builder, facts)], {
    // Deleted with the next card: others look into the phones of minors.
    ...(activity.audience === 'confidential' && { confidential: true }),
  })
}

/** What it is in the region's catalogue, in plain words; a code that is gone since says nothing. */
const helpLine = (say: Say, { activity: { catalogueCode }, region }: ActivityFacts): string | false => {
  const key = `catalogue.${region}.${catalogueCode}`
  return catalogueCode !== undefined && say.has(key) && say.t('activity.catalogue', { help: say.label(key) })
}

const saidLines = (say: Say, { told, clear, agreement, answer, apart, now }: ActivityFacts): string => {
  const happened = told?.happened
  return [
    told &&
      happened === undefined &&
      say.t('activity.ask', { day: dayAndTime(say, told.day, undefined, now) }),
    told &&
      happened !== undefined &&
      say.t(happened ? 'activity.toldYes' : 'activity.toldNo', {
        day: dayAndTime(say, told.day, undefined, now),
      }),
    clear === 'unclear' && say.t(apart ? 'activity.unclearApart' : 'activity.unclear'),
    agreement &&
      say.t(`activity.agreement.${agreement === 'question' && apart ? 'questionApart' : agreement}`),
    answer && expectedLine(say, { ...answer, now }),
  ]
    .filter(Boolean)
    .join('\n')
}

const toldRows = ({ say, button }: CardBuilder, { told, activity }: ActivityFacts): Button[][] => {
  if (!told || activity.status === 'cancelled') return []
  const mark = (happened: boolean) => (told.happened === happened ? '✓ ' : '')
  return [
    [
      button(mark(true) + say.label('activity.buttons.was'), 'yes', told.day),
      button(mark(false) + say.label('activity.buttons.wasNot'), 'no', told.day),
    ],
  ]
}

const rows = ({ say, button, link }: CardBuilder, { activity, next, told }: ActivityFacts): Button[][] => {
  if (activity.status === 'cancelled') return []
  const ahead = activity.status === 'planned' && (next.length > 0 || !told)
  return [
    [button(say.label('activity.buttons.unclear'), 'set', 'unclear')],
    [button(say.label('activity.buttons.opinion'), 'set', 'opinion')],
    ...(ahead ? [[link(say.label('activity.buttons.calendar'), 'activity-ics', activity.id)]] : []),
  ]
}
