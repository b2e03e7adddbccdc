import { readAgain } from '#core/read-again.ts'
import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { type Place, readPlaces } from '#storage/guide/places.ts'

/** The directory as this instance knows it: the guide has to work while the database is away. */
export type PlaceBook = {
  all(): readonly Place[]
  /** Reads it again. */
  refresh(): Promise<void>
  /** Reads it, and goes on to from time to time. Returns how to stop. */
  start(): Promise<() => Promise<void>>
}

/** Within this time an instance knows what another one has changed. */
const refreshMs = 5_000

export const openPlaceBook = ({ database, log }: { database: () => Database; log: Log }): PlaceBook => {
  let all: readonly Place[] = []
  let failing = false
  const refresh = async (): Promise<void> => {
    try {
      all = await readPlaces(database())
      failing = false
    } catch (error) {
      // Logged once per outage; what was read last still holds.
      if (!failing) log.info('places.unread', { error })
      failing = true
    }
  }
  return {
    all: () => all,
    refresh,
    start: () => readAgain(refresh, refreshMs),
  }
}
