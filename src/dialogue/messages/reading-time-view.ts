import { daysAhead, formatDayOn, formatTime } from '#core/dates.ts'
import type { Say, Values } from '#core/text.ts'
import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import type { Region } from '#regions/schema.ts'

/** Who reads it and when: «Прочитает Ирина, сегодня до 18:00». Nobody is promised outside of their hours. */
export const expectedLine = (
  say: Say,
  { expected, region: { timeZone }, now }: { expected: ExpectedReader; region: Region; now: Date },
): string => {
  const { name, away } = expected
  const { when, values } = readingWords(say, { expected, timeZone, now })
  const line = say.t(`messages.reading.${when}`, values)
  return name === null && away ? `${say.t('messages.away')} ${line}` : line
}

/** The time of a reading as the texts say it: under which of their keys, and with what. */
export const readingWords = (
  say: Say,
  { expected, timeZone, now }: { expected: ExpectedReader; timeZone: string; now: Date },
): { when: 'untilToday' | 'until' | 'fromToday' | 'from'; values: Values } => {
  const { name, kind, at } = expected
  const today = daysAhead({ instant: at, timeZone, now }) === 0
  return {
    when: today ? `${kind}Today` : kind,
    values: {
      who: name ?? say.t('messages.intake'),
      day: formatDayOn(say, { instant: at, timeZone, now }),
      time: formatTime(at, timeZone),
    },
  }
}
