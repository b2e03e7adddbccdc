import { dayAt, workingDaysLeft } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { type PathFacts, pathOf } from '#features/families/path.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import type { Region } from '#regions/schema.ts'
import type { AlarmCause } from '#storage/worklist/work-alarms.ts'

/** Why somebody has to be told of a case. */
export type Cause = {
  cause: Exclude<AlarmCause, 'nobody'>
  /** The deadline's code, or the stage that stands still. */
  detail: string
  /** The end of the term, or the last act: with the other two it names the cause for good. */
  since: Date
}

export type CaseFacts = Omit<PathFacts, 'closed' | 'toldFrom'> & {
  /** When anybody of the centre last did something about it. */
  actedAt: Date
}

/** What a case gives reason to tell: its nearest term is near or past, or nobody has acted for long. Pure. */
export const causesOf = (region: Region, facts: CaseFacts, now: Date): Cause[] => {
  const { nearDays, stillDays, longStages } = region.followUp.value
  const { deadline } = pathOf(region, { ...facts, closed: false }, now)
  const causes: Cause[] = []
  if (deadline && (deadline.overdue || deadline.daysLeft <= nearDays)) {
    const cause = deadline.overdue ? 'deadline-past' : 'deadline-near'
    causes.push({ cause, detail: deadline.code, since: deadline.due.instant })
  }
  const { stage: detail, actedAt: since } = facts
  if (!longStages.includes(detail) && workingDaysSince(region, since, now) > stillDays)
    causes.push({ cause: 'still', detail, since })
  return causes
}

/** Working days after the day of a moment, up to and including today. */
export const workingDaysSince = (region: Region, moment: Date, now: Date): number =>
  moment >= now ? 0 : workingDaysLeft(dayAt(now, region.timeZone), moment, region)

/** When a case is looked at again: at the beginning of the next working day. Pure. */
export const nextLookAt = (region: Region, now: Date): Date => {
  let day = dayAt(now, region.timeZone)
  do day = day.add({ days: 1 })
  while (!isWorkingDay(day, region))
  return workingDay(region, day)[0]
}
