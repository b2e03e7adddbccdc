import { formatDay, formatDayOn, formatShortDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { Visit } from '#storage/visits/visits.ts'

export type VisitWords = { say: Say; timeZone: string; now: Date }

/** «в среду, 3 декабря, в 15:00». */
export const spokenMoment = ({ say, timeZone, now }: VisitWords, instant: Date): string =>
  say.label('visits.when', {
    day: formatDayOn(say, { instant, timeZone, now }),
    time: formatTime(instant, timeZone),
  })

/** «3 декабря, 15:00»: short enough for a button. */
export const shortMoment = ({ say, timeZone, now }: VisitWords, instant: Date): string =>
  `${formatDay(say, { instant, timeZone, now })}, ${formatTime(instant, timeZone)}`

/** «ср, 3 декабря, 15:00»: who chooses a day thinks in weekdays. */
export const slotMoment = ({ say, timeZone, now }: VisitWords, instant: Date): string =>
  `${formatShortDay(say, { instant, timeZone, now })}, ${formatTime(instant, timeZone)}`

/** Begins a sentence. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Date, hours and purpose: the heading of every visit's card. */
export const visitHead = (words: VisitWords, { startsAt, endsAt, purpose }: Visit): string[] => [
  words.say.t('visits.hours', {
    when: capital(spokenMoment(words, startsAt)),
    until: formatTime(endsAt, words.timeZone),
  }),
  words.say.t(`visits.purposes.${purpose}`),
]
