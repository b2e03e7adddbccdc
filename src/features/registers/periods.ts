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
