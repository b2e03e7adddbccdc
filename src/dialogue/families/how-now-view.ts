import { Temporal } from 'temporal-polyfill'
import { formatDayUntil, type Moment } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { readingWords } from '#dialogue/messages/reading-time-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import { type LookAnswer, lookAnswers } from '#features/cases/case-steps.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { Region } from '#regions/schema.ts'

type Around = { familyId: string; openRequest: boolean; region: Region; now: Date }

/** Asks how they are; between two terms, that it is worse can still be said. */
export const howNowView = (
  builder: CardBuilder,
  { state, ...around }: Around & { state: 'asked' | 'answered' | 'none' },
): View => {
  const { say, button, card } = builder
  const words = {
    asked: paragraphs(say.t('afterLook.ask'), say.t('afterLook.who'), say.t('afterLook.free')),
    answered: say.t('afterLook.notNow'),
    none: say.t('afterLook.nobodyAsks'),
  }
  const answers = state === 'asked' ? lookAnswers : state === 'answered' ? (['worse'] as const) : []
  return card('how-now', words[state], [
    ...answers.map((how) => [button(say.label(`afterLook.answers.${how}`), 'set', how)]),
    inWords(builder, around),
    ...(state === 'asked' ? [] : [again(builder, around)]),
  ])
}

/** What was said, and what happens now. */
export const howNowSaidView = (
  builder: CardBuilder,
  {
    said,
    next,
    expected,
    ...around
  }: Around & { said: LookAnswer; next: string | null; expected: ExpectedReader },
): View => {
  const { say, card } = builder
  const { region, now } = around
  const html =
    said === 'worse'
      ? paragraphs(
          say.t('afterLook.said.worse'),
          readerLine(builder, { expected, region, now }),
          say.t('afterLook.danger'),
          say.t('afterLook.again'),
        )
      : paragraphs(
          say.t(`afterLook.said.${said}`),
          next === null
            ? say.t('afterLook.last')
            : say.t('afterLook.next', { until: formatDayUntil(say, endOf(next, region, now)) }),
          say.t('afterLook.anyTime'),
        )
  return card('how-now', html, [
    inWords(builder, around),
    ...(said === 'good' ? [] : [again(builder, around)]),
  ])
}

const readerLine = (
  { say }: CardBuilder,
  { expected, region, now }: Pick<Around, 'region' | 'now'> & { expected: ExpectedReader },
): string => {
  const { when, values } = readingWords(say, { expected, timeZone: region.timeZone, now })
  return say.t(`messages.reading.${when}`, { ...values, who: expected.name ?? say.label('afterLook.centre') })
}

const endOf = (day: string, { timeZone }: Region, now: Date): Moment => ({
  instant: new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds),
  timeZone,
  now,
})

const inWords = ({ say, link }: CardBuilder, { familyId }: Around): Button[] => [
  link(say.label('afterLook.inWords'), 'messages', familyId),
]

/** Help can be asked for again: a new request, or the one that is open. */
const again = ({ say, link }: CardBuilder, { openRequest }: Around): Button[] =>
  openRequest ? [link(say.label('home.status'), 'status')] : [link(say.label('home.ask'), 'ask')]
