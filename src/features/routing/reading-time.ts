import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import type { Region } from '#regions/schema.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { dutyEnd, nextDutyStart } from './duty-hours.ts'

/** When a message will have been read: by the end of what is left of a shift, or from the start of the next one. */
export type ReadingTime = { kind: 'until' | 'from'; at: Date }

/** Less than this before the end of a shift, nothing is promised for it. */
const leastLeftMs = 30 * 60_000

/**
 * When a member of staff reads what arrives now; `hours` null: they have none, or nobody is named yet, so the centre's
 * working time counts.
 */
export const readingTime = (region: Region, hours: DutyHours | null, now: Date): ReadingTime => {
  const end = hours && dutyEnd(hours, now, region.timeZone)
  if (hours && end) {
    if (end.getTime() - now.getTime() >= leastLeftMs) return { kind: 'until', at: end }
    const next = nextDutyStart(hours, end, region.timeZone)
    if (next) return { kind: 'from', at: next }
  }
  const start = hours && nextDutyStart(hours, now, region.timeZone)
  return start && !end ? { kind: 'from', at: start } : inWorkingTime(region, now)
}

const inWorkingTime = ({ routing, timeZone }: Region, now: Date): ReadingTime => {
  const { from, until } = routing.value.workingTime
  for (let day = dayAt(now, timeZone); ; day = day.add({ days: 1 })) {
    if (!isWorkingDay(day)) continue
    const [begins, ends] = [from, until].map((time) => epochMsOf(day, time, timeZone)) as [number, number]
    if (now.getTime() < begins) return { kind: 'from', at: new Date(begins) }
    if (now.getTime() <= ends - leastLeftMs) return { kind: 'until', at: new Date(ends) }
  }
}
