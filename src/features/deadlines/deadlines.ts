import { Temporal } from 'temporal-polyfill'
import type { Calendar } from '#regions/days-off.ts'
import type { DeadlineRule } from '#regions/schema.ts'
import { dayAfter, dayOfMoment, endOf } from './days.ts'
import { isWorkingDay } from './working-days.ts'

export type DueDate = {
  /** The last day of the term. */
  date: Temporal.PlainDate
  /** The last millisecond of that day in the time zone: used for storage, comparison and display. */
  instant: Date
}

/** A term in days, or in months, which end on the same day of the month or on its last (ГК РФ, ст. 192). */
export type Term = Pick<DeadlineRule, 'days' | 'dayKind'> | { months: number }

/**
 * Calculates a due date: counted in the region's time zone from the day after the event (ГК РФ, ст. 191). Working days
 * follow Russia's production calendar and the region's own days off; «дней» without «рабочих» means calendar days, which are not
 * moved off a day off. A repeated term is counted from the first event, not from the last one: its months are summed up.
 */
export const dueDate = (term: Term, from: Date | Temporal.Instant, calendar: Calendar): DueDate => {
  const { timeZone } = calendar
  const date = lastDayOf(term, dayAt(from, timeZone), calendar)
  return { date, instant: new Date(endOf(date, timeZone) - 1) }
}

/**
 * Working days after today up to and including the due day; 0 on that day and later (`DueDate.instant` tells
 * which).
 */
export const workingDaysLeft = (due: Temporal.PlainDate, now: Date, calendar: Calendar): number => {
  let left = 0
  for (let date = dayAt(now, calendar.timeZone); Temporal.PlainDate.compare(date, due) < 0; ) {
    date = dayAfter(date)
    if (isWorkingDay(date, calendar)) left += 1
  }
  return left
}

/** The calendar day of a moment in the time zone. */
export const dayAt = (moment: Date | Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  dayOfMoment(moment instanceof Date ? moment.getTime() : moment.epochMilliseconds, timeZone)

/** The last day of a term that is counted from the day after this one. */
export const lastDayOf = (term: Term, event: Temporal.PlainDate, calendar: Calendar): Temporal.PlainDate => {
  if ('months' in term) return event.add({ months: term.months })
  return term.dayKind === 'calendar'
    ? event.add({ days: term.days })
    : addWorkingDays(event, term.days, calendar)
}

const addWorkingDays = (event: Temporal.PlainDate, days: number, calendar: Calendar): Temporal.PlainDate => {
  let date = event
  for (let left = days; left > 0; ) {
    date = dayAfter(date)
    if (isWorkingDay(date, calendar)) left -= 1
  }
  return date
}
