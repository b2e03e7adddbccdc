import { dayAt } from '#features/deadlines/deadlines.ts'
import { readBirthDate } from '#features/intake/typed/typed-date.ts'
import type { Region } from '#regions/schema.ts'
import { canHaveCome } from './incoming.ts'

/** The day in words such as «20 ноября», «20.11» or «20.11.2026»; null: unreadable, to come, or more than a year ago. */
export const readReceivedOn = (text: string, region: Region, now: Date): string | null => {
  const { timeZone } = region
  const read = readBirthDate(withYear(text, yearOf(now, timeZone)), { now, timeZone })
  const earlier = () => readBirthDate(withYear(text, yearOf(now, timeZone) - 1), { now, timeZone })
  const found = read.kind === 'future' ? earlier() : read
  const [date] = found.kind === 'ok' ? [found.date] : found.kind === 'ask' ? found.dates : []
  const on = date?.toString()
  return on !== undefined && canHaveCome(on, region, now) ? on : null
}

const yearOf = (now: Date, timeZone: string): number => dayAt(now, timeZone).year

/** People leave out the year of what came lately. */
const withYear = (text: string, year: number): string => {
  const words = text.trim()
  if (/(19|20)\d\d/.test(words) || /^\d{1,2}[./-]\d{1,2}[./-]\d{2}$/.test(words)) return words
  return /^\d{1,2}[./-]\d{1,2}$/.test(words) ? `${words}.${year}` : `${words} ${year}`
}
