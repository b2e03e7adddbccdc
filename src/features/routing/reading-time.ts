import { dayAfter } from '#features/deadlines/days.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import type { Region } from '#regions/schema.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { dutyEnd, nextDutyStart } from './duty-hours.ts'

/** When a message will have been read: by the end of what is left of a shift, or from the start of the next one. */
export type ReadingTime = {
  kind: 'until' | 'from'
  at: Date
  /** The end of that shift: nobody can say any more that it will be read. */
  due: Date
}

/** Less than this before the end of a shift, nothing is promised for it. */
const leastLeftMs = 30 * 60_000

/**
 * When a member of staff reads what arrives now; `hours` null: they have none, or nobody is named yet, so the centre's
 * working time counts.
 */
export const readingTime = (region: Region, hours: DutyHours | null, now: Date): ReadingTime => {
  const end = hours && !isFree(region, hours, now) ? dutyEnd(hours, now, region.timeZone) : null
  if (hours && end) {
    if (end.getTime() - now.getTime() >= leastLeftMs) return { kind: 'until', at: end, due: end }
    const next = nextShift(region, hours, end)
    if (next) return fromShift(region, hours, next)
  }
  const start = hours && nextShift(region, hours, now)
  return start && !end ? fromShift(region, hours, start) : inWorkingTime(region, now)
}

/** A public holiday, or a day off of the centre, of whoever works on no weekend: their hours do not hold on it. */
const isFree = (region: Region, hours: DutyHours, at: Date): boolean => {
  const day = dayAt(at, region.timeZone)
  const weekday = day.dayOfWeek <= 5
  return weekday && hours.sat === undefined && hours.sun === undefined && !isWorkingDay(day, region)
}

const nextShift = (region: Region, hours: DutyHours, from: Date): Date | null => {
  const { timeZone } = region
  const midnightAfter = (at: Date) => new Date(epochMsOf(dayAfter(dayAt(at, timeZone)), '00:00', timeZone))
  let start = nextDutyStart(hours, from, timeZone)
  while (start && isFree(region, hours, start)) start = nextDutyStart(hours, midnightAfter(start), timeZone)
  return start
}

const fromShift = ({ timeZone }: Region, hours: DutyHours, at: Date): ReadingTime => ({
  kind: 'from',
  at,
  due: dutyEnd(hours, at, timeZone) ?? at,
})

const inWorkingTime = (region: Region, now: Date): ReadingTime => {
  for (let day = dayAt(now, region.timeZone); ; day = dayAfter(day)) {
    if (!isWorkingDay(day, region)) continue
    const [begins, ends] = workingDay(region, day)
    if (now < begins) return { kind: 'from', at: begins, due: ends }
    if (now.getTime() <= ends.getTime() - leastLeftMs) return { kind: 'until', at: ends, due: ends }
  }
}

/** The centre's working time of a day. */
export const workingDay = ({ routing, timeZone }: Region, day: ReturnType<typeof dayAt>): [Date, Date] => {
  const { from, until } = routing.value.workingTime
  return [new Date(epochMsOf(day, from, timeZone)), new Date(epochMsOf(day, until, timeZone))]
}
