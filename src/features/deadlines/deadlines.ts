import { Temporal } from 'temporal-polyfill'
import type { DeadlineRule } from '#regions/schema.ts'
import { dayAfter, dayOfMoment, endOf } from './days.ts'
import { isWorkingDay } from './working-days.ts'

export type DueDate = {
  /** The last day of the term. */
  date: Temporal.PlainDate
  /** The last millisecond of that day in the time zone: used for storage, comparison and display. */
  instant: Date
}

/**
 * Calculates a due date: counted in the region's time zone from the day after the event. Working days follow
 * Russia's production calendar; «дней» without «рабочих» means calendar days, which are not moved off a day
 * off.
 */
export const dueDate = (
  rule: Pick<DeadlineRule, 'days' | 'dayKind'>,
  from: Date | Temporal.Instant,
  timeZone: string,
): DueDate => {
  const event = dayAt(from, timeZone)
  const date = rule.dayKind === 'calendar' ? event.add({ days: rule.days }) : addWorkingDays(event, rule.days)
  return { date, instant: new Date(endOf(date, timeZone) - 1) }
}

/**
 * Working days after today up to and including the due day; 0 on that day and later (`DueDate.instant` tells
 * which).
 */
export const workingDaysLeft = (due: Temporal.PlainDate, now: Date, timeZone: string): number => {
  let left = 0
  for (let date = dayAt(now, timeZone); Temporal.PlainDate.compare(date, due) < 0; ) {
    date = dayAfter(date)
    if (isWorkingDay(date)) left += 1
  }
  return left
}

/** The calendar day of a moment in the time zone. */
export const dayAt = (moment: Date | Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  dayOfMoment(moment instanceof Date ? moment.getTime() : moment.epochMilliseconds, timeZone)

const addWorkingDays = (event: Temporal.PlainDate, days: number): Temporal.PlainDate => {
  let date = event
  for (let left = days; left > 0; ) {
    date = dayAfter(date)
    if (isWorkingDay(date)) left -= 1
  }
  return date
}
