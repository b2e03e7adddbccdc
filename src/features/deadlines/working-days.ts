import { Temporal } from 'temporal-polyfill'
import type { Calendar, DaysOff } from '#regions/days-off.ts'
import { radonitsa } from './easter.ts'

/** Non-working holidays, `MM-DD` (ТК РФ, ст. 112, ч. 1). */
const holidays = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
] as const

/**
 * The Government's transfers of days off, `[from, to]`, both `MM-DD` of the same year (ТК РФ, ст. 112, ч. 2
 * and 5). A new decree appears each autumn and is added here. Until then a year follows the law's own rule
 * alone, which leaves the two transferred January days as working days: a deadline calculated like this can
 * be too early, never too late.
 */
export const decreedTransfers: Readonly<Record<number, readonly (readonly [from: string, to: string])[]>> = {
  // Постановление Правительства РФ от 04.10.2024 № 1335
  2025: [
    ['01-04', '05-02'],
    ['01-05', '12-31'],
    ['02-23', '05-08'],
    ['03-08', '06-13'],
    ['11-01', '11-03'],
  ],
  // Постановление Правительства РФ от 24.09.2025 № 1466
  2026: [
    ['01-03', '01-09'],
    ['01-04', '12-31'],
  ],
  // Постановление Правительства РФ от 17.09.2026 № 1187
  2027: [
    ['01-02', '11-05'],
    ['01-03', '12-31'],
    ['02-20', '02-22'],
  ],
}

/** Whether the Government's decree for the year is known here. */
export const isDecreed = (year: number): boolean => decreedTransfers[year] !== undefined

/** Whether the region's own days off of the year are known here. */
export const isRegionKnown = ({ actEachYear, byYear }: DaysOff, year: number): boolean =>
  !actEachYear || byYear[year] !== undefined

/** The years whose days off are not all known: no decree of the Government, or no act of the region. */
export const unknownYears = (daysOff: DaysOff, years: readonly number[]): number[] =>
  [...new Set(years)].filter((year) => !isDecreed(year) || !isRegionKnown(daysOff, year))

/** Whether the day is a working day of the five-day week in Russia's production calendar and the region's own days off. */
export const isWorkingDay = (date: Temporal.PlainDate, { daysOff }: Pick<Calendar, 'daysOff'>): boolean => {
  const { days, years } = knownOf(daysOff)
  const known = days.get(date)
  if (known !== undefined) return known
  const found = findWorkingDay(date, yearOf(years, date.year, daysOff))
  days.set(date, found)
  return found
}

type Known = { days: WeakMap<Temporal.PlainDate, boolean>; years: Map<number, Year> }

const byCalendar = new WeakMap<DaysOff, Known>()

const knownOf = (daysOff: DaysOff): Known => {
  const known = byCalendar.get(daysOff)
  if (known) return known
  const made: Known = { days: new WeakMap(), years: new Map() }
  byCalendar.set(daysOff, made)
  return made
}

const yearOf = (years: Known['years'], year: number, daysOff: DaysOff): Year => {
  const known = years.get(year)
  if (known) return known
  const made = withRegion(compute(year), year, daysOff)
  years.set(year, made)
  return made
}

const findWorkingDay = (date: Temporal.PlainDate, { daysOff, workingWeekends }: Year): boolean => {
  const day = dayOf(date)
  if (daysOff.has(day)) return false
  return date.dayOfWeek <= 5 || workingWeekends.has(day)
}

type Year = { daysOff: ReadonlySet<string>; workingWeekends: ReadonlySet<string> }

const withRegion = (
  { daysOff, workingWeekends }: Year,
  year: number,
  { everyYear, radonitsa: law, byYear }: DaysOff,
): Year => {
  const own = byYear[year]
  const off = new Set([
    ...daysOff,
    ...everyYear.filter(({ since }) => year >= since).map(({ day }) => day),
    ...(law && year >= law.since ? [dayOf(radonitsa(year))] : []),
    ...(own?.off ?? []),
  ])
  // The act of one year goes before what holds in every year.
  for (const day of own?.working ?? []) off.delete(day)
  return {
    daysOff: off,
    workingWeekends: new Set([...workingWeekends, ...(own?.working ?? [])]),
  }
}

const compute = (year: number): Year => {
  const decree = decreedTransfers[year] ?? []
  const moved = new Set(decree.map(([from]) => from))
  const daysOff = new Set<string>([...holidays, ...decree.map(([, to]) => to)])
  const workingWeekends = new Set([...moved].filter((day) => !daysOff.has(day)))
  // A day off that falls on a holiday moves to the next working day (ч. 2), unless the Government transfers
  // it elsewhere; the days off of 1–8 January are transferred by the Government only.
  for (const holiday of holidays.slice(8)) {
    const date = dateOf(year, holiday)
    if (date.dayOfWeek <= 5 || moved.has(holiday)) continue
    let next = date.add({ days: 1 })
    while (next.dayOfWeek > 5 || daysOff.has(dayOf(next))) next = next.add({ days: 1 })
    daysOff.add(dayOf(next))
  }
  return { daysOff, workingWeekends }
}

const dayOf = (date: Temporal.PlainDate) => date.toString().slice(5)
const dateOf = (year: number, day: string) => Temporal.PlainDate.from(`${year}-${day}`)
