import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import type { Calendar } from '#regions/days-off.ts'

type Day = Temporal.PlainDate

/** The last working day up to the end of a term; if it has none, the end itself. No text moves a calendar term (ГК РФ, ст. 193). */
export const workingDayWithin = (first: Day, last: Day, calendar: Calendar): Day =>
  workingDayUpTo(first, last, calendar) ?? last

/**
 * From which day on a term is near: after two thirds of it, and at least one working day before the last one on which something can
 * be done. A term too short for that is near at once. Pure.
 */
export const nearDay = (first: Day, last: Day, calendar: Calendar): Day => {
  const days = first.until(last).days
  const thirds = first.add({ days: Math.ceil((days * 2) / 3) })
  const actBy = workingDayWithin(first, last, calendar)
  const before = workingDayUpTo(first, actBy.subtract({ days: 1 }), calendar) ?? first
  const wanted = Temporal.PlainDate.compare(thirds, before) < 0 ? thirds : before
  // Nobody reads it on a day off.
  return workingDayUpTo(first, wanted, calendar) ?? first
}

const workingDayUpTo = (first: Day, last: Day, calendar: Calendar): Day | null => {
  for (let day = last; Temporal.PlainDate.compare(day, first) >= 0; day = day.subtract({ days: 1 }))
    if (isWorkingDay(day, calendar)) return day
  return null
}
