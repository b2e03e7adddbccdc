import { Temporal } from 'temporal-polyfill'
import type { ResultsQuery } from './result.ts'

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

/** From the first moment of the period to the first one after it, by the region's clock. */
export const momentsOf = (
  { from, until }: Pick<ResultsQuery, 'from' | 'until'>,
  timeZone: string,
): { from: Date; before: Date } => {
  const start = (month: Temporal.PlainYearMonth): Date =>
    new Date(month.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).epochMilliseconds)
  return {
    from: start(Temporal.PlainYearMonth.from(from)),
    before: start(Temporal.PlainYearMonth.from(until).add({ months: 1 })),
  }
}
