import { Temporal } from 'temporal-polyfill'
import { weekdays } from '#storage/staff/staff.ts'
import type { When } from './plan-document.ts'

// Calendar days in the region's time zone, unaffected by clock changes.

type Day = Temporal.PlainDate
type Repeated<K extends When['kind']> = Extract<When, { kind: K }>

const dayFrom = (text: string): Day => Temporal.PlainDate.from(text)
const compare = Temporal.PlainDate.compare
const earlier = (a: Day, b: Day): Day => (compare(a, b) <= 0 ? a : b)
const later = (a: Day, b: Day): Day => (compare(a, b) >= 0 ? a : b)

/**
 * The days between `from` and `until` (inclusive) on which an activity takes place, in order. A period counts
 * on its last day, when it can be reported.
 */
export const occurrences = (when: When, from: Day, until: Day): Day[] => {
  const { first, last } = bounds(when)
  const [start, end] = [later(from, first), earlier(until, last)]
  if (compare(start, end) > 0) return []
  switch (when.kind) {
    case 'once':
      return [first]
    case 'span':
      return compare(end, last) === 0 ? [last] : []
    case 'weekly':
      return weekly(when, first, start, end)
    case 'monthly':
      return monthly(when, first, start, end)
  }
}

/** Weeks begin on Monday and are counted from the week of the first day. */
const weekly = ({ every, days }: Repeated<'weekly'>, first: Day, start: Day, end: Day): Day[] => {
  const numbers = [...new Set(days)].map((day) => weekdays.indexOf(day)).sort((a, b) => a - b)
  const monday = first.subtract({ days: first.dayOfWeek - 1 })
  const weeks = Math.ceil(Math.floor(monday.until(start).days / 7) / every) * every
  const found: Day[] = []
  for (let week = monday.add({ days: weeks * 7 }); compare(week, end) <= 0; ) {
    for (const days of numbers) {
      const day = week.add({ days })
      if (compare(day, start) >= 0 && compare(day, end) <= 0) found.push(day)
    }
    week = week.add({ days: every * 7 })
  }
  return found
}

/** Months are counted from the month of the first day; a day beyond a month's end is its last day. */
const monthly = ({ every, day }: Repeated<'monthly'>, first: Day, start: Day, end: Day): Day[] => {
  const month = first.toPlainYearMonth()
  const since = month.until(start.toPlainYearMonth(), { largestUnit: 'month' }).months
  const found: Day[] = []
  for (let months = Math.ceil(since / every) * every; ; months += every) {
    const date = month.add({ months }).toPlainDate({ day: 1 }).with({ day })
    if (compare(date, end) > 0) return found
    if (compare(date, start) >= 0) found.push(date)
  }
}

const bounds = (when: When): { first: Day; last: Day } =>
  when.kind === 'once'
    ? { first: dayFrom(when.on), last: dayFrom(when.on) }
    : { first: dayFrom(when.from), last: dayFrom(when.until) }

/** The longest possible gap between two days of an activity. */
const gap = (when: When): Temporal.Duration => {
  if (when.kind === 'weekly') return Temporal.Duration.from({ days: (when.every + 1) * 7 })
  return Temporal.Duration.from({ months: when.kind === 'monthly' ? when.every + 1 : 0 })
}

/** The first and the last day of an activity; null if it never takes place within its period. */
export const daysOf = (when: When): { first: Day; last: Day } | null => {
  const { first, last } = bounds(when)
  if (when.kind === 'once' || when.kind === 'span') return compare(first, last) > 0 ? null : { first, last }
  const begins = occurrences(when, first, first.add(gap(when)))[0]
  const ends = occurrences(when, last.subtract(gap(when)), last).at(-1)
  return begins && ends ? { first: begins, last: ends } : null
}

/** The first day of an activity on or after `day`; for a period, `day` itself while it is under way. */
export const nextDay = (when: When, day: Day): Day | null => {
  const { first, last } = bounds(when)
  if (when.kind === 'span') return compare(day, last) > 0 ? null : later(day, first)
  const start = later(day, first)
  return occurrences(when, start, start.add(gap(when)))[0] ?? null
}

/** The last day of an activity on or before `day`. */
export const latestDay = (when: When, day: Day): Day | null => {
  const end = earlier(day, bounds(when).last)
  return occurrences(when, end.subtract(gap(when)), end).at(-1) ?? null
}

/** The next days of an activity from `day` on, at most `count`. */
export const nextDays = (when: When, day: Day, count: number): Day[] => {
  const found: Day[] = []
  for (
    let next = nextDay(when, day);
    next && found.length < count;
    next = nextDay(when, next.add({ days: 1 }))
  )
    found.push(next)
  return found
}
