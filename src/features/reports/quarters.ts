import { Temporal } from 'temporal-polyfill'

/** Days are ISO dates in the region's zone, inclusive. */
export type Span = { code: string; from: string; until: string }
/** A quarter of a year; its code is `2026-Q4`. */
export type Quarter = Span & { year: number; quarter: 1 | 2 | 3 | 4 }

const quarters = [1, 2, 3, 4] as const

const quarterOf = (year: number, quarter: Quarter['quarter']): Quarter => {
  const first = Temporal.PlainDate.from({ year, month: quarter * 3 - 2, day: 1 })
  const until = first.add({ months: 3 }).subtract({ days: 1 }).toString()
  return { code: `${year}-Q${quarter}`, year, quarter, from: first.toString(), until }
}

/** Null: it is not the code of a quarter between 2000 and 2199. */
export const parseQuarter = (code: string): Quarter | null => {
  const [, year, number] = /^(2[01]\d\d)-Q([1-4])$/.exec(code) ?? []
  const quarter = quarters.find((one) => one === Number(number))
  return year === undefined || quarter === undefined ? null : quarterOf(Number(year), quarter)
}

/** The quarter of an ISO date. */
export const quarterOn = (day: string): Quarter => {
  const { year, month } = Temporal.PlainDate.from(day)
  return quarterOf(year, quarters[Math.ceil(month / 3) - 1] ?? 1)
}

export const quarterBefore = ({ from }: Quarter): Quarter => quarterOn(shifted(from, -1))
export const quarterAfter = ({ until }: Quarter): Quarter => quarterOn(shifted(until, 1))

export const shifted = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString()

/** So many whole months, the last of which ends with the quarter. */
export const monthsUpTo = ({ until }: Span, count: number): Span[] => {
  const last = Temporal.PlainYearMonth.from(until.slice(0, 7))
  return Array.from({ length: count }, (_, place) => {
    const month = last.subtract({ months: count - 1 - place })
    const end = month.toPlainDate({ day: month.daysInMonth })
    return { code: month.toString(), from: month.toPlainDate({ day: 1 }).toString(), until: end.toString() }
  })
}
