import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'

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
