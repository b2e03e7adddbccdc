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
}

export const openDayBook = ({ database }: { database: () => Database }, region: Region): DayBook => {
  let { daysOff } = region
  let known = '[]'
  const refresh = async (): Promise<void> => {
    const days = await readCentreDays(database())
    const read = JSON.stringify(days)
    // What is computed of days is kept as long as they are the same object.
    if (read !== known) daysOff = withCentreDays(region.daysOff, days)
    known = read
  }
  return { region: withCurrent(region, 'daysOff', () => daysOff), refresh }
}
