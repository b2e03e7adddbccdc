import { Temporal } from 'temporal-polyfill'

/** ISO days, both included. */
export type Period = { from: string; until: string }

const lastOfMonth = (day: Temporal.PlainDate): boolean => day.day === day.daysInMonth

/** What is wrong with a period; null if nothing is. A year is the longest one. Pure. */
export const periodProblem = (
  { from, until }: Period,
  today: string,
): 'order' | 'future' | 'too-long' | null => {
  if (from > until) return 'order'
  if (from > today) return 'future'
  const next = Temporal.PlainDate.from(from).add({ years: 1 })
  return until >= next.toString() ? 'too-long' : null
}

/** Whether it is one quarter of a year. Pure. */
export const isQuarter = ({ from, until }: Period): boolean => {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  return (
    first.day === 1 && first.month % 3 === 1 && last.equals(first.add({ months: 3 }).subtract({ days: 1 }))
  )
}

/** The period of the same length before: as many months if it is made of whole ones, otherwise as many days. Pure. */
export const periodBefore = ({ from, until }: Period): Period => {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  const end = first.subtract({ days: 1 })
  const whole = first.day === 1 && lastOfMonth(last)
  const months = whole ? (last.year - first.year) * 12 + last.month - first.month + 1 : 0
  const begin = whole ? first.subtract({ months }) : first.subtract({ days: first.until(last).days + 1 })
  return { from: begin.toString(), until: end.toString() }
}

/** The months of a period up to today, the first and the last one as far as they are of it. `month`: `2026-11`. Pure. */
export const monthsWithin = ({ from, until }: Period, today: string): (Period & { month: string })[] => {
  const end = until < today ? until : today
  const months: (Period & { month: string })[] = []
  for (let first = from; first <= end; ) {
    const day = Temporal.PlainDate.from(first)
    const last = day.with({ day: day.daysInMonth })
    const ends = last.toString() < end ? last.toString() : end
    months.push({ month: first.slice(0, 7), from: first, until: ends })
    first = last.add({ days: 1 }).toString()
  }
  return months
}
