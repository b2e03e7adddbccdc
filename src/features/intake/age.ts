import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'

export type BirthDate =
  | { kind: 'ok'; date: Temporal.PlainDate }
  | { kind: 'unreadable' | 'no-such-date' | 'future' | 'too-long-ago' }

/** An earlier year of birth is a typing error. */
const oldest = 120

/**
 * Full years on the current day in the time zone; a birthday on 29 February falls on the 28th in other years.
 */
export const ageOn = (birthDate: Temporal.PlainDate | string, now: Date, timeZone: string): number => {
  const born = Temporal.PlainDate.from(birthDate)
  const today = dayAt(now, timeZone)
  const years = today.year - born.year
  return Temporal.PlainDate.compare(born.add({ years }), today) <= 0 ? years : years - 1
}

/**
 * «Старше 10 лет» (Нягань, алгоритм, 1): from the day after the tenth birthday, in the region's time zone.
 */
export const isOverTen = (birthDate: Temporal.PlainDate | string, now: Date, timeZone: string): boolean => {
  const tenth = Temporal.PlainDate.from(birthDate).add({ years: 10 })
  return Temporal.PlainDate.compare(dayAt(now, timeZone), tenth) > 0
}

/**
 * Parses a date as people write it: 12.03.2014, 12/3/2014, 12-3-2014, 2014-03-12, «12 марта 2014 г.», 12
 * March 2014.
 */
export const parseBirthDate = (text: string, now: Date, timeZone: string): BirthDate => {
  const read = readDate(
    text
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .trim()
      .toLowerCase(),
  )
  if (!read) return { kind: 'unreadable' }
  if (!isReal(read)) return { kind: 'no-such-date' }
  const date = Temporal.PlainDate.from(read)
  const today = dayAt(now, timeZone)
  if (Temporal.PlainDate.compare(date, today) > 0) return { kind: 'future' }
  if (Temporal.PlainDate.compare(date, today.subtract({ years: oldest })) < 0) return { kind: 'too-long-ago' }
  return { kind: 'ok', date }
}

type Parts = { year: number; month: number; day: number }

const isReal = ({ year, month, day }: Parts): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth

/** Allows one short word after the year, such as «г.» in Russian. */
const readDate = (text: string): Parts | null => {
  const dayFirst = /^(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?:\s?\p{L}{1,4}\.?)?$/u.exec(text)
  if (dayFirst) return numbers(dayFirst[3], dayFirst[2], dayFirst[1])
  const yearFirst = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/.exec(text)
  if (yearFirst) return numbers(yearFirst[1], yearFirst[2], yearFirst[3])
  const inWords = /^(\d{1,2})\s+(\p{L}+)\.?,?\s+(\d{4})(?:\s?\p{L}{1,4}\.?)?$/u.exec(text)
  const month = monthOf(inWords?.[2])
  return inWords && month > 0 ? numbers(inWords[3], String(month), inWords[1]) : null
}

const numbers = (year = '', month = '', day = ''): Parts => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
})

/** Month names in both forms where a language has two: standalone, and after a day. */
const monthNames = ['ru', 'en'].flatMap((language) =>
  [{}, { day: 'numeric' } as const].flatMap((day) => {
    const format = new Intl.DateTimeFormat(language, { month: 'long', ...day, timeZone: 'UTC' })
    const name = (month: number) =>
      format.formatToParts(Date.UTC(2024, month, 1)).find(({ type }) => type === 'month')?.value ?? ''
    return Array.from({ length: 12 }, (_, month) => ({ name: name(month).toLowerCase(), month: month + 1 }))
  }),
)

/** 1–12 for a month's name or at least its first three letters (“mar”, “sept”); 0 for anything else. */
const monthOf = (word = ''): number =>
  word.length < 3 ? 0 : (monthNames.find(({ name }) => name.startsWith(word))?.month ?? 0)
