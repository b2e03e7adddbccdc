import { Temporal } from 'temporal-polyfill'
import type { DeadlineRule } from '#regions/schema.ts'
import { isWorkingDay } from './working-days.ts'

export type DueDate = {
  /** The last day on which the thing is in time. */
  date: Temporal.PlainDate
  /** The last millisecond of that day in the zone: what is stored, compared and spoken. */
  instant: Date
}

/**
 * When a thing is due: counted in the region's zone from the day after the event; working days by Russia's
 * production calendar, «дней» without «рабочих» as calendar days, which are not moved off a day off.
 */
export const dueDate = (
  rule: Pick<DeadlineRule, 'days' | 'dayKind'>,
  from: Date | Temporal.Instant,
  timeZone: string,
): DueDate => {
  const event = dayAt(from, timeZone)
  const date = rule.dayKind === 'calendar' ? event.add({ days: rule.days }) : addWorkingDays(event, rule.days)
  return { date, instant: endOf(date, timeZone) }
}

/** Working days after today up to and with the due day; 0 on that day and later (`DueDate.instant` says which). */
export const workingDaysLeft = (due: Temporal.PlainDate, now: Date, timeZone: string): number => {
  let left = 0
  for (let date = dayAt(now, timeZone); Temporal.PlainDate.compare(date, due) < 0; ) {
    date = date.add({ days: 1 })
    if (isWorkingDay(date)) left += 1
  }
  return left
}

/** The calendar day that it is in the zone at that moment. */
export const dayAt = (moment: Date | Temporal.Instant, timeZone: string): Temporal.PlainDate => {
  const instant = moment instanceof Date ? Temporal.Instant.fromEpochMilliseconds(moment.getTime()) : moment
  return instant.toZonedDateTimeISO(timeZone).toPlainDate()
}

const addWorkingDays = (event: Temporal.PlainDate, days: number): Temporal.PlainDate => {
  let date = event
  for (let left = days; left > 0; ) {
    date = date.add({ days: 1 })
    if (isWorkingDay(date)) left -= 1
  }
  return date
}

const endOf = (date: Temporal.PlainDate, timeZone: string): Date =>
  new Date(date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1)
