import { Temporal } from 'temporal-polyfill'
import type { ResultsQuery } from './survey-result.ts'

/** The months of a period, `YYYY-MM`. */
export const monthsOf = ({ from, until }: Pick<ResultsQuery, 'from' | 'until'>): string[] => {
  const last = Temporal.PlainYearMonth.from(until)
  const months: string[] = []
  for (
    let month = Temporal.PlainYearMonth.from(from);
    Temporal.PlainYearMonth.compare(month, last) <= 0;
    month = month.add({ months: 1 })
  )
    months.push(month.toString())
  return months
}
