import { readAgain } from '#core/read-again.ts'
import type { Log } from '#core/log.ts'
import { type Region, withCurrent } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { readCentreDays } from '#storage/deadlines/centre-days.ts'
import { withCentreDays } from './centre-days.ts'

/** The calendar as this instance knows it: the days off of the region, and those that the centre has added. */
export type DayBook = {
  /** The region with the days of the centre, at any time those that the book holds by then. */
  region: Region
  /** Reads them again. */
  refresh(): Promise<void>
  /** Reads them, and goes on to from time to time. Returns how to stop. */
  start(): Promise<() => Promise<void>>
}

/** Within this time an instance knows what was changed. */
const refreshMs = 5_000

export const openDayBook = (
  { database, log }: { database: () => Database; log: Log },
  region: Region,
): DayBook => {
  let { daysOff } = region
  let known = '[]'
  let failing = false
  const refresh = async (): Promise<void> => {
    try {
      const days = await readCentreDays(database())
      const read = JSON.stringify(days)
      // What is computed of days is kept as long as they are the same object.
      if (read !== known) daysOff = withCentreDays(region.daysOff, days)
      known = read
      failing = false
    } catch (error) {
      // Logged once per outage; what was read last still holds.
      if (!failing) log.info('days.unread', { error })
      failing = true
    }
  }
  return {
    region: withCurrent(region, 'daysOff', () => daysOff),
    refresh,
    start: () => readAgain(refresh, refreshMs),
  }
}
