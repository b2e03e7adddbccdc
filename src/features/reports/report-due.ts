import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import type { Calendar } from '#regions/days-off.ts'
import { type Quarter, shifted } from './quarters.ts'

export type ReportDue = {
  /** The day on which it is to be handed in. */
  dueOn: string
  /** The first day after the quarter, if no working day is left then: if nobody has by then, it is made by itself. */
  byItselfOn: string | null
  /** On this day it is late. */
  lateOn: string
}

/**
 * When the report of a quarter is due: on the last working day after it and before this day of the month; where there is none, as in
 * each January, on the quarter's last working day. Whether the day itself would still be in time is disputed; the day before is not.
 */
export const reportDue = (
  { from, until }: Pick<Quarter, 'from' | 'until'>,
  { dueBefore }: { dueBefore: number },
  calendar: Pick<Calendar, 'daysOff'>,
): ReportDue => {
  const first = shifted(until, 1)
  const lateOn = shifted(first, dueBefore - 1)
  const dueOn = lastWorkingDay(first, shifted(lateOn, -1), calendar)
  if (dueOn !== null) return { dueOn, byItselfOn: null, lateOn }
  return { dueOn: lastWorkingDay(from, until, calendar) ?? until, byItselfOn: first, lateOn }
}

const lastWorkingDay = (from: string, until: string, calendar: Pick<Calendar, 'daysOff'>): string | null => {
  for (let day = until; day >= from; day = shifted(day, -1))
    if (isWorkingDay(Temporal.PlainDate.from(day), calendar)) return day
  return null
}

/** What is to be done about a report on a day. */
export type ReportStep = 'nothing' | 'tell-due' | 'make' | 'tell-late'

/** `told`: what supervisors were told of it already. */
export const reportStep = (
  { dueOn, byItselfOn, lateOn }: ReportDue,
  { today, handedIn, told }: { today: string; handedIn: boolean; told: readonly string[] },
): ReportStep => {
  if (handedIn) return 'nothing'
  if (byItselfOn !== null && today >= byItselfOn) return 'make'
  if (today >= lateOn) return told.includes('late') ? 'nothing' : 'tell-late'
  return today >= dueOn && !told.includes('due') ? 'tell-due' : 'nothing'
}
