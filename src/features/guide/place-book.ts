import type { Database } from '#storage/database.ts'
import { type Place, readPlaces } from '#storage/guide/places.ts'

/** The directory as this instance knows it: the guide has to work while the database is away. */
export type PlaceBook = {
  all(): readonly Place[]
  /** Reads it again. */
  refresh(): Promise<void>
}

export const openPlaceBook = ({ database }: { database: () => Database }): PlaceBook => {
  let all: readonly Place[] = []
  return {
    all: () => all,
    refresh: async () => {
      all = await readPlaces(database())
    },
  }
}
