import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import type { Region } from '#regions/schema.ts'

/**
 * When the next notice that we are late is due, after one at `told`: at the end of the next working day's working time. The
 * first one is due when the promised time has passed. Pure.
 */
export const nextNoticeAt = (region: Region, told: Date): Date => {
  let day = dayAt(told, region.timeZone)
  do day = day.add({ days: 1 })
  while (!isWorkingDay(day, region))
  return workingDay(region, day)[1]
}
