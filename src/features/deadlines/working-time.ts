import type { Temporal } from 'temporal-polyfill'
import { dayAfter, momentOf } from './days.ts'
import type { Calendar } from '#regions/days-off.ts'
import { dayAt } from './deadlines.ts'
import { isWorkingDay } from './working-days.ts'

/** Working hours of a working day, `09:00` to `18:00`, in the region's time zone. */
export type WorkingTime = { from: string; until: string }

/**
 * Adds minutes of working time; nights, days off and holidays do not count. A result on the boundary is the
 * end of a working day, not the beginning of the next one.
 */
export const addWorkingMinutes = (
  from: Date,
  minutes: number,
  { from: begins, until }: WorkingTime,
  calendar: Calendar,
): Date => {
  const { timeZone } = calendar
  let left = minutes * 60_000
  for (let day = dayAt(from, timeZone); ; day = dayAfter(day)) {
    if (!isWorkingDay(day, calendar)) continue
    const start = Math.max(epochMsOf(day, begins, timeZone), from.getTime())
    const end = epochMsOf(day, until, timeZone)
    if (start >= end) continue
    if (start + left <= end) return new Date(start + left)
    left -= end - start
  }
}

/**
 * The instant (ms) of a wall-clock time on a day; a time skipped by a clock change is shifted forward by the
 * gap.
 */
export const epochMsOf = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  momentOf(day, time, timeZone)
