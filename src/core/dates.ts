import type { Say } from './text.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Caches formats: creating one costs about a hundred times as much as using it. */
const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const kept = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, kept)
  return kept
}

const localeOf = (say: Say): string => (say.language === 'en' ? 'en-GB' : 'ru-RU')

export type Moment = { instant: Date; timeZone: string; now: Date }

const parts = (instant: Date, timeZone: string) => {
  const format = formatOf('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
  })
  const found = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  return { year: found.year, weekday: (found.weekday ?? '').toLowerCase() }
}

/** Formats a day as «3 декабря»; adds the year if it is not the current one. */
export const formatDay = (say: Say, { instant, timeZone, now }: Moment): string => {
  const sameYear = parts(instant, timeZone).year === parts(now, timeZone).year
  const format = formatOf(localeOf(say), {
    timeZone,
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
  return withoutMark(format.format(instant))
}

/** Formats a day as «ср, 3 декабря», for a label. */
export const formatShortDay = (say: Say, moment: Moment): string =>
  say.label(`dates.short.${parts(moment.instant, moment.timeZone).weekday}`, { day: formatDay(say, moment) })

/** Strips the «г.» that Intl puts after a Russian year: its full stop would double the sentence's own. */
const withoutMark = (day: string): string => day.replace(/\sг\.$/u, '')

/** Formats a day in the genitive, to follow «до»: «четверга, 4 декабря»; in English “Thursday, 4 December”. */
export const formatDayUntil = (say: Say, moment: Moment): string =>
  say.label(`dates.until.${parts(moment.instant, moment.timeZone).weekday}`, { day: formatDay(say, moment) })

/** Formats a day with its preposition: «в четверг, 4 декабря»; in English “on Thursday, 4 December”. */
export const formatDayOn = (say: Say, moment: Moment): string =>
  say.label(`dates.on.${parts(moment.instant, moment.timeZone).weekday}`, { day: formatDay(say, moment) })

/** Formats a month as «ноябрь 2026». */
export const formatMonth = (say: Say, { instant, timeZone }: Pick<Moment, 'instant' | 'timeZone'>): string =>
  withoutMark(formatOf(localeOf(say), { timeZone, month: 'long', year: 'numeric' }).format(instant))

/** Formats a time of day as «9:00» or «15:00» in the given zone. */
export const formatTime = (instant: Date, timeZone: string): string =>
  spokenClock(formatOf('ru-RU', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant))

/** «07:00» of a setting as people say it: «7:00». */
export const spokenClock = (clock: string): string => clock.replace(/^0(?=\d)/, '')

/** Formats an ISO date as «12 марта 2014»; a date of birth has no time zone. */
export const formatBirthDate = (say: Say, isoDate: string): string =>
  withoutMark(
    formatOf(localeOf(say), {
      timeZone: 'UTC',
      dateStyle: 'long',
    }).format(new Date(`${isoDate}T00:00:00Z`)),
  )

/** Returns the calendar year in the given zone. */
export const yearIn = (instant: Date, timeZone: string): number => Number(parts(instant, timeZone).year)

/** Counts calendar days from now to an instant: 0 today, 1 tomorrow. Unaffected by changes to and from summer time. */
export const daysAhead = ({ instant, timeZone, now }: Moment): number => {
  const day = formatOf('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return Math.round((Date.parse(day.format(instant)) - Date.parse(day.format(now))) / 86_400_000)
}
