import type { Language } from '#core/text.ts'
import { type Region, withCurrent } from '#regions/schema.ts'
import type { Territory } from '#regions/territories.ts'
import type { Database } from '#storage/database.ts'
import { readTerritories, seedTerritories, type StoredTerritory } from '#storage/territories/territories.ts'

/** The centre's territories as this instance knows them. */
export type TerritoryBook = {
  /** In use, in display order. */
  open(): readonly Territory[]
  /** With those that are retired: their codes keep their names. */
  all(): readonly StoredTerritory[]
  nameOf(language: Language, code: string): string | undefined
  /** Reads them again. */
  refresh(): Promise<void>
  /** The region with the territories that are in use, at any time those that the book holds by then. */
  region: Region
  /** Stores those of a new centre if there are none. */
  seed(now: Date): Promise<void>
}

/** Until it is read for the first time, the book holds what a new centre of the region begins with. */
export const openTerritoryBook = (
  { database }: { database: () => Database },
  region: Region,
): TerritoryBook => {
  let all: readonly StoredTerritory[] = region.territories.map((one, position) => ({
    ...one,
    position,
    retiredAt: null,
    successor: null,
    updatedAt: new Date(0),
  }))
  let open: readonly Territory[] = all
  let names = new Map(all.map(({ code, name }) => [code, name]))

  const refresh = async (): Promise<void> => {
    const read = await readTerritories(database())
    if (read.length === 0) return
    all = read
    open = read.filter(({ retiredAt }) => retiredAt === null)
    names = new Map(read.map(({ code, name }) => [code, name]))
  }

  const inUse = () => open
  return {
    open: inUse,
    region: withCurrent(region, 'territories', inUse),
    all: () => all,
    nameOf: (language, code) => names.get(code)?.[language],
    refresh,
    seed: (now) => seedTerritories(database(), region.territories, now),
  }
}
