import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { monthOf } from './month-names.ts'
import { plainText } from './plain-text.ts'
import type { DateParts } from './reading.ts'

export type TypedDate =
  | { kind: 'ok'; date: Temporal.PlainDate }
  /** Understood, but perhaps not as it was meant: each date is a reading, the likeliest first. */
  | { kind: 'ask'; dates: Temporal.PlainDate[] }
  /** A part of a date, or an age. */
  | { kind: 'part'; parts: DateParts }
  | { kind: 'unreadable' | 'no-such-date' | 'future' | 'too-long-ago' }

/** Each is a reading of day, month and year; `sure` if it cannot well be meant otherwise. */
type Reading = { day: number; month: number; year: number; sure: boolean }

type Context = { now: Date; timeZone: string; language?: 'ru' | 'en'; known?: DateParts }

/** An earlier year of birth is a typing error; an older person was not born in this century. */
const oldest = 120

/**
 * Parses a date of birth as people write it: 12.03.2014, 12,3,14, 12032014, «двенадцатое марта 2014 г.р.», 12 March
 * 2014; with `known`, what completes it: «5 мая» after «13».
 */
export const readBirthDate = (
  text: string,
  { now, timeZone, language = 'ru', known = {} }: Context,
): TypedDate => {
  const today = dayAt(now, timeZone)
  const plain = trimmed(plainText(text))
  const yesterday = /^(?:мне )?(\d{1,2}) (?:лет )?исполнилось (вчера|сегодня|позавчера)$/u.exec(plain)
  if (yesterday) {
    const days = lately.findIndex((word) => word.test(yesterday[2] ?? ''))
    return { kind: 'ask', dates: [today.subtract({ days }).subtract({ years: Number(yesterday[1]) })] }
  }
  const readings = readingsOf(plain, today, language)
  if (readings.length > 0) return judged(readings, today)
  const day = /^(\d{1,2})(?: числа)?$/.exec(plain)?.[1]
  if (day && known.month !== undefined && known.day === undefined)
    return completed({ ...known, day: Number(day) }, today)
  const parts = partsOf(plain, today)
  return parts ? completed({ ...known, ...parts }, today) : { kind: 'unreadable' }
}

const lately = [/^сегодня$/u, /^вчера$/u, /^позавчера$/u]

/** Without what people write around a date: «я родилась 12.03.2014 года рождения». */
const trimmed = (plain: string): string =>
  plain
    .replace(
      /^(?:дата рождения|родил(?:ся|ась|ись)|рожд\p{L}*|(?:i was |i'm |was )?born(?: on| in)?|я|мой др|др|my birthday is|birthday)[\s:-]*/u,
      '',
    )
    .replace(/^(?:родил(?:ся|ась)|born(?: on| in)?|на|the)\s/u, '')
    .replace(/^(?:в|in)\s/u, '')
    .replace(
      /[\s.,;!]*(?:(?<=[\d.\s])(?:г\.?\s?р\.?|г|год\p{L}*(?: рожд\p{L}*)?|рожд\p{L}*))?[\s.,;!)]*$/u,
      '',
    )
    .replace(/\s*\([^)]*\)$/u, '')
    .replace(/(?<=\d)-?(?:ое|го|ого|е|st|nd|rd|th)(?=[\s,]|$)/gu, '')
    .replace(/(?<=\d) (?:of|числа) /gu, ' ')

const separator = String.raw`\s?[./,\- ]\s?`
const dayFirst = new RegExp(`^(\\d{1,2})${separator}(\\d{1,2})${separator}(\\d{4}|\\d{2})$`)
const yearFirst = new RegExp(`^(\\d{4})${separator}(\\d{1,2})${separator}(\\d{1,2})$`)
const inWords = /^(\d{1,2})[\s.,-]*(\p{L}{3,})[\s.,-]*(\d{4}|\d{2})$/u
const monthBefore = /^(\p{L}{3,})\.?\s(\d{1,2})[\s,]+(\d{4})$/u
const compact = /^(\d{2})(\d{2})(\d{4}|\d{2})$/

const readingsOf = (plain: string, today: Temporal.PlainDate, language: 'ru' | 'en'): Reading[] => {
  const digits = dayFirst.exec(plain)
  if (digits) {
    const [, day = '', month = '', year = ''] = digits
    const read = reading(day, month, year, today)
    const other = reading(month, day, year, today)
    // An American writes the month first; and no month has the number 13.
    const likely = plain.includes('/') && language === 'en' && read.month !== read.day && read.day <= 12
    if (likely)
      return [
        { ...read, sure: false },
        { ...other, sure: false },
      ]
    return read.month > 12 && other.month <= 12 && isReal(other) ? [{ ...other, sure: false }] : [read]
  }
  const iso = yearFirst.exec(plain)
  if (iso) return [reading(iso[3], iso[2], iso[1], today)]
  const named = inWords.exec(plain)
  const before = named ? null : monthBefore.exec(plain)
  const month = monthOf(named?.[2] ?? before?.[1] ?? '')
  if (month) {
    const [day, year] = named ? [named[1], named[3]] : [before?.[2], before?.[3]]
    const read = reading(day, String(month.month), year, today)
    return [{ ...read, sure: read.sure && month.exact }]
  }
  const run = compact.exec(plain)
  if (!run) return []
  const read = reading(run[1], run[2], run[3], today)
  const backwards = reading(run[3], run[2], run[1], today)
  return run[3]?.length === 4
    ? [read]
    : [read, backwards].filter((one) => isReal(one)).map((one) => ({ ...one, sure: false }))
}

const reading = (day = '', month = '', year = '', today: Temporal.PlainDate): Reading => ({
  day: Number(day),
  month: Number(month),
  year: year.length === 2 ? centuryOf(Number(year), today) : Number(year),
  sure: true,
})

const centuryOf = (year: number, today: Temporal.PlainDate): number =>
  2000 + year <= today.year ? 2000 + year : 1900 + year

const isReal = ({ year, month, day }: Reading): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth

const judged = (readings: readonly Reading[], today: Temporal.PlainDate): TypedDate => {
  const each = readings.map((one): TypedDate => {
    if (!isReal(one)) return { kind: 'no-such-date' }
    const date = Temporal.PlainDate.from({ year: one.year, month: one.month, day: one.day })
    if (Temporal.PlainDate.compare(date, today) > 0) return { kind: 'future' }
    const limit = today.subtract({ years: oldest })
    if (Temporal.PlainDate.compare(date, limit) < 0) return { kind: 'too-long-ago' }
    return one.sure ? { kind: 'ok', date } : { kind: 'ask', dates: [date] }
  })
  const found = each.flatMap((one) => (one.kind === 'ok' ? [one.date] : one.kind === 'ask' ? one.dates : []))
  const dates = found.filter((date, at) => found.findIndex((one) => one.equals(date)) === at)
  const [only] = each
  return dates.length === 0 || readings.length === 1
    ? (only ?? { kind: 'unreadable' })
    : { kind: 'ask', dates }
}

const aged =
  /^(?:(?:мне|мн|уже|почти|скоро|будет|im|i'm|i am|aged?|возраст) )*(\d{1,3})(?: (?:с половиной|лет|год\p{L}*|л|years?|y\.?o\.?|yo|years old|and a half|исполнилось|исполнится|будет|полных|уже|мне))*$/u

/** «13», «март 2014», «5 мая», «2014»; an age is in full years, so «почти 14» is 13. */
const partsOf = (plain: string, today: Temporal.PlainDate): DateParts | null => {
  if (/^(?:19|20)\d{2}$/.test(plain)) return yearOf(Number(plain), today)
  if (aged.test(plain)) {
    const age = ageIn(plain)
    return age === null ? null : { age }
  }
  const [first = '', second = '', ...rest] = plain.split(/[\s,]+/u)
  const [one, two] = [monthOf(first), monthOf(second)]
  if (rest.length > 0) return aside(plain)
  if (two?.exact && /^\d{1,2}$/.test(first)) return { day: Number(first), month: two.month }
  if (one?.exact && /^\d{1,2}$/.test(second)) return { day: Number(second), month: one.month }
  if (one?.exact && /^\d{4}$/.test(second)) {
    const year = yearOf(Number(second), today)
    return year && { month: one.month, ...year }
  }
  return one?.exact && second === '' ? { month: one.month } : shortDay(plain)
}

const dayInWords = /(?<!\d)(\d{1,2})\s(\p{L}{3,})(?!\p{L})/u
const aroundIt = /^[\s,]*(?:и\s)?|(?:мой\s)?др|[\s,]*$/gu

/** «Мне 13, 5 мая»: an age beside a day. */
const aside = (plain: string): DateParts | null => {
  const found = dayInWords.exec(plain)
  const month = monthOf(found?.[2] ?? '')
  if (!found || !month?.exact) return null
  const rest = plain.replace(found[0], ' ').replace(aroundIt, '').replace(aroundIt, '')
  const age = ageIn(rest)
  return age === null ? null : { age, day: Number(found[1]), month: month.month }
}

const ageIn = (plain: string): number | null => {
  const found = aged.exec(plain)
  if (!found) return null
  const years = Number(found[1]) - (/почти|скоро|будет|исполнится/u.test(plain) ? 1 : 0)
  return years >= 0 && years < oldest ? years : null
}

/** «12.03» without a year. */
const shortDay = (plain: string): DateParts | null => {
  const found = /^(\d{1,2})[./,](\d{1,2}(?:\d{2})?)$/.exec(plain)
  if (found?.[2]?.length === 4) return { month: Number(found[1]), year: Number(found[2]) }
  return found ? { day: Number(found[1]), month: Number(found[2]) } : null
}

const yearOf = (year: number, today: Temporal.PlainDate): DateParts | null =>
  year <= today.year && year >= today.year - oldest ? { year } : null

/** A date once day, month and either the year or the age are known. */
const completed = (parts: DateParts, today: Temporal.PlainDate): TypedDate => {
  const { day, month, age } = parts
  if (day === undefined || month === undefined) return { kind: 'part', parts }
  if (!isReal({ day, month, year: parts.year ?? 2024, sure: true })) return { kind: 'no-such-date' }
  const year = parts.year ?? (age === undefined ? undefined : yearAtAge({ day, month, age }, today))
  if (year === undefined) return { kind: 'part', parts }
  const judgedDate = judged([{ day, month, year, sure: false }], today)
  return judgedDate.kind === 'future' && parts.year === undefined ? { kind: 'unreadable' } : judgedDate
}

const yearAtAge = (
  { day, month, age }: { day: number; month: number; age: number },
  today: Temporal.PlainDate,
) => {
  const birthday = Temporal.PlainDate.from({ year: today.year, month, day })
  const had = Temporal.PlainDate.compare(birthday, today) <= 0
  return today.year - age - (had ? 0 : 1)
}
