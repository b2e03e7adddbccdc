import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from './working-days.ts'
import { dayAt } from './deadlines.ts'

/** The part of a working day in which work is done, `09:00` to `18:00`, by the region's clock. */
export type WorkingTime = { from: string; until: string }

/**
 * The moment at which so many minutes of working time have passed: nights, days off and holidays do not count.
 * A moment that falls on the end of a day is that end, not the beginning of the next one.
 */
export const addWorkingMinutes = (
  from: Date,
  minutes: number,
  { from: begins, until }: WorkingTime,
  timeZone: string,
): Date => {
  let left = minutes * 60_000
  for (let day = dayAt(from, timeZone); ; day = day.add({ days: 1 })) {
    if (!isWorkingDay(day)) continue
    const start = Math.max(epochMsOf(day, begins, timeZone), from.getTime())
    const end = epochMsOf(day, until, timeZone)
    if (start >= end) continue
    if (start + left <= end) return new Date(start + left)
    left -= end - start
  }
}

/** The instant (ms) of a wall-clock time on a day; one that a change of the clocks leaves out is moved on by it. */
export const epochMsOf = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
