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
  const end = hours && dutyEnd(hours, now, region.timeZone)
  if (hours && end) {
    if (end.getTime() - now.getTime() >= leastLeftMs) return { kind: 'until', at: end, due: end }
    const next = nextDutyStart(hours, end, region.timeZone)
    if (next) return fromShift(region, hours, next)
  }
  const start = hours && nextDutyStart(hours, now, region.timeZone)
  return start && !end ? fromShift(region, hours, start) : inWorkingTime(region, now)
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
