import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { monthOf } from '#features/intake/typed/month-names.ts'
import { plainText } from '#features/intake/typed/plain-text.ts'
import { weekdaysIn } from '#features/intake/typed/typed-weekdays.ts'

// A day and an hour as staff type them: «чт 15:30», «4.12 в 9», «завтра в 6 вечера», «12 января 10:00».

type Around = { now: Date; timeZone: string }
type Day = Temporal.PlainDate
/** The day, and the text without it; several days are tried, the first that is ahead is meant. */
type Found = { days: Day[]; rest: string }

/** The moment that a text names; null if it names none, several, or one that is past. */
export const readMoment = (text: string, { now, timeZone }: Around): Date | null => {
  const plain = plainText(text)
  const today = dayAt(now, timeZone)
  for (const read of readers) {
    const found = read(plain, today)
    // Beside a date a weekday says nothing new.
    const time = found && timeIn(weekdaysIn(found.rest).rest)
    if (!found || !time) continue
    const moments = found.days.map((day) => new Date(epochMsOf(day, time, timeZone)))
    return moments.find((moment) => moment > now) ?? null
  }
  return null
}

type Reader = (plain: string, today: Day) => Found | null

const cut = (plain: string, found: RegExpExecArray): string =>
  `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`

const dateOf = (year: number, month: number, day: number): Day | null => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** A day of a month, of this year or the next; or of the year that is said. */
const daysOf = (today: Day, { day, month, year }: { day: number; month: number; year: number | null }) =>
  (year === null ? [today.year, today.year + 1] : [year < 100 ? 2000 + year : year])
    .map((one) => dateOf(one, month, day))
    .filter((one) => one !== null)

const inMonth: Reader = (plain, today) => {
  for (const found of plain.matchAll(/(?<!\d)(\d{1,2})\s?(\p{L}{3,})(?:\s(\d{4}))?/gu)) {
    const month = monthOf(found[2] ?? '')?.month
    if (month === undefined) continue
    const year = found[3] === undefined ? null : Number(found[3])
    const days = daysOf(today, { day: Number(found[1]), month, year })
    return days.length > 0 ? { days, rest: cut(plain, found) } : null
  }
  return null
}

const relative: readonly (readonly [RegExp, number])[] = [
  [/послезавтра|day after tomorrow/u, 2],
  [/завтра|tomorrow/u, 1],
  [/сегодня|today/u, 0],
]

const fromToday: Reader = (plain, today) => {
  for (const [pattern, days] of relative) {
    const found = pattern.exec(plain)
    if (found) return { days: [today.add({ days })], rest: cut(plain, found) }
  }
  return null
}

const onWeekday: Reader = (plain, today) => {
  const { weekdays, rest } = weekdaysIn(plain)
  const [weekday] = weekdays ?? []
  if (weekday === undefined || weekdays?.length !== 1) return null
  const ahead = (weekday - today.dayOfWeek + 7) % 7
  return { days: [today.add({ days: ahead }), today.add({ days: ahead + 7 })], rest }
}

const inFigures: Reader = (plain, today) => {
  const found = /(?<![\d.:])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?![\d:])/u.exec(plain)
  if (!found) return null
  const [, day, month, year] = found
  const days = daysOf(today, {
    day: Number(day),
    month: Number(month),
    year: year === undefined ? null : Number(year),
  })
  return days.length > 0 ? { days, rest: cut(plain, found) } : null
}

/** Dates first, if an hour is left beside them: «чт 10.10» names none, and 10.10 is the hour. */
const readers: readonly Reader[] = [inMonth, inFigures, fromToday, onWeekday]

const clock =
  /(?<!\d)(\d{1,2})(?:[:.\s-]([0-5]\d))?(?:\s?(?:час\p{L}*|ч\.?))?(?:\s?(утра|дня|вечера|ночи|am|pm)(?!\p{L}))?(?!\d)/gu

/** The one hour of a text, as `15:30`. «В 3» of a visit is the afternoon; «03:00» is the night. */
const timeIn = (rest: string): string | null => {
  const all = [...rest.matchAll(clock)]
  const [found] = all
  if (!found || all.length !== 1) return null
  const [, digits = '', minutes = '00', part] = found
  const said = Number(digits)
  const later = /дня|вечера|pm/u.test(part ?? '')
  const bare = part === undefined && said >= 1 && said <= 7 && !digits.startsWith('0')
  const hour = (later && said < 12) || bare ? said + 12 : said
  return hour > 23 ? null : `${String(hour).padStart(2, '0')}:${minutes}`
}
