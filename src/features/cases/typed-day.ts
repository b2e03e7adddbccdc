import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { monthOf } from '#features/intake/typed/month-names.ts'
import { plainText } from '#features/intake/typed/plain-text.ts'

/** At the beginning of a year «28 декабря» is the one before, and tomorrow's date a slip: what lies further ahead (days) is past. */
const mostAhead = 180
/** Years before and after these are slips. */
const [firstYear, lastYear] = [2000, 2199]

/** A day at the beginning of a text, and what follows it. */
const leading =
  /^\s*(позавчера|вчера|сегодня|yesterday|today|\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2}))?|\d{1,2}\s?\p{L}{3,}(?:\s\d{4})?)(?![\p{L}\d])[\s,.;:–—-]*(.*)$/isu

/** A day with an explanation: «24.11, перепутали»; null if it names none. Words that do not follow the day are kept as a whole. Pure. */
export const readDayWithWords = (
  text: string,
  around: { now: Date; timeZone: string },
): { on: string; words: string | null } | null => {
  const [, day, rest = ''] = leading.exec(text) ?? []
  const first = day === undefined ? null : readDay(day, around)
  if (first !== null) return { on: first, words: rest.trim() || null }
  const on = readDay(text, around)
  return on === null ? null : { on, words: text.trim() }
}

const words: readonly (readonly [RegExp, number])[] = [
  [/позавчера|day before yesterday/u, 2],
  [/вчера|yesterday/u, 1],
  [/сегодня|today/u, 0],
]

/**
 * The day on which something happened, as staff type it: «вчера», «24.11», «24 ноября», «24.11.2026»; null if it names none. It may lie
 * ahead, which is for the caller to refuse. Pure.
 */
export const readDay = (text: string, { now, timeZone }: { now: Date; timeZone: string }): string | null => {
  const plain = plainText(text)
  const today = dayAt(now, timeZone)
  const ago = words.find(([pattern]) => pattern.test(plain))?.[1]
  if (ago !== undefined) return today.subtract({ days: ago }).toString()
  const figures = /(?<!\d)(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?(?!\d)/u.exec(plain)
  const named = /(?<!\d)(\d{1,2})\s?(\p{L}{3,})(?:\s(\d{4}))?/u.exec(plain)
  const month = figures ? Number(figures[2]) : monthOf(named?.[2] ?? '')?.month
  const found = figures ?? named
  if (!found || month === undefined) return null
  const said = found[3] === undefined ? null : Number(found[3])
  const year = said === null ? today.year : said < 100 ? 2000 + said : said
  if (year < firstYear || year > lastYear) return null
  try {
    const day = Temporal.PlainDate.from({ year, month, day: Number(found[1]) }, { overflow: 'reject' })
    const before = said === null && today.until(day).days > mostAhead
    return (before ? day.subtract({ years: 1 }) : day).toString()
  } catch {
    return null
  }
}
