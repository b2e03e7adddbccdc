import type { Say } from './text.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs a hundred times what using it does. */
const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const kept = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, kept)
  return kept
}

const localeOf = (say: Say): string => (say.language === 'en' ? 'en-GB' : 'ru-RU')

type Moment = { instant: Date; timeZone: string; now: Date }

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

/** «3 декабря», and the year only when it is another one than now's. */
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

/** Intl ends a Russian year with «г.», whose dot meets the one of the sentence. */
const withoutMark = (day: string): string => day.replace(/\sг\.$/u, '')

/** «четверга, 4 декабря», as it stands after «до»; in English “Thursday, 4 December”. */
export const formatDayUntil = (say: Say, moment: Moment): string =>
  say.label(`dates.until.${parts(moment.instant, moment.timeZone).weekday}`, { day: formatDay(say, moment) })

/** «в четверг, 4 декабря»; in English “on Thursday, 4 December”. */
export const formatDayOn = (say: Say, moment: Moment): string =>
  say.label(`dates.on.${parts(moment.instant, moment.timeZone).weekday}`, { day: formatDay(say, moment) })

/** «15:00» in the region's zone. */
export const formatTime = (instant: Date, timeZone: string): string =>
  formatOf('ru-RU', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant)

/** «12 марта 2014» of an ISO date; a birthday has no time zone. */
export const formatBirthDate = (say: Say, isoDate: string): string =>
  withoutMark(
    formatOf(localeOf(say), {
      timeZone: 'UTC',
      dateStyle: 'long',
    }).format(new Date(`${isoDate}T00:00:00Z`)),
  )

/** The year by the region's calendar. */
export const yearIn = (instant: Date, timeZone: string): number => Number(parts(instant, timeZone).year)

/** How many days of the calendar lie between now and a moment: 0 today, 1 tomorrow, whatever the clocks do. */
export const daysAhead = ({ instant, timeZone, now }: Moment): number => {
  const day = formatOf('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return Math.round((Date.parse(day.format(instant)) - Date.parse(day.format(now))) / 86_400_000)
}
