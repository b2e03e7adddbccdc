import { formatDayUntil, type Moment } from '#core/dates.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { readingWords } from '#dialogue/messages/reading-time-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { LookAnswer } from '#features/cases/case-steps.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { Region } from '#regions/schema.ts'

type Around = { familyId: string; openRequest: boolean; region: Region; now: Date }

/** Asks how they are. */
export const howNowView = (
  builder: CardBuilder,
  {
    state,
    answers,
    ...around
  }: Around & { state: 'asked' | 'answered' | 'none'; answers: readonly LookAnswer[] },
): View => {
  const { say, button, card } = builder
  const words = {
    asked: paragraphs(say.t('afterLook.ask'), say.t('afterLook.who'), say.t('afterLook.free')),
    answered: say.t('afterLook.notNow'),
    none: say.t('afterLook.nobodyAsks'),
  }
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
  }: Around & { said: LookAnswer; next: Moment | null; expected: ExpectedReader },
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
            : say.t('afterLook.next', { until: formatDayUntil(say, next) }),
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

const inWords = ({ say, link }: CardBuilder, { familyId }: Around): Button[] => [
  link(say.label('afterLook.inWords'), 'messages', familyId),
]

/** Help can be asked for again: a new request, or the one that is open. */
const again = ({ say, link }: CardBuilder, { openRequest }: Around): Button[] =>
  openRequest ? [link(say.label('home.status'), 'status')] : [link(say.label('home.ask'), 'ask')]
