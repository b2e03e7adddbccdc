import type { Log } from '#core/log.ts'
import { type DayBook, openDayBook } from '#features/deadlines/day-book.ts'
import { openPlaceBook, type PlaceBook } from '#features/guide/place-book.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { openTerritoryBook, type TerritoryBook } from './territory-book.ts'

/** What the centre keeps itself and the instance has in memory: its territories, its days off, and where else one can turn to. */
export type CentreBooks = {
  days: DayBook
  territories: TerritoryBook
  places: PlaceBook
  /** The region as the centre has it by then. */
  region: Region
  /** Reads them, and goes on to from time to time. Returns how to stop. */
  start(now: Date): Promise<() => Promise<void>>
}

export const openCentreBooks = (
  reading: { database: () => Database; log: Log },
  rules: Region,
): CentreBooks => {
  const days = openDayBook(reading, rules)
  const territories = openTerritoryBook(reading, days.region)
  const places = openPlaceBook(reading)
  return {
    ...{ days, territories, places },
    region: territories.region,
    start: async (now) => {
      const stops = [await days.start(), await territories.start(now), await places.start()]
      return async () => {
        for (const stop of stops.reverse()) await stop()
      }
    },
  }
}
