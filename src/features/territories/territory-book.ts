import type { Log } from '#core/log.ts'
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
  /**
   * Stores those of a new centre if there are none, reads them, and goes on to read them from time to time, because
   * another instance may have changed them. Returns how to stop.
   */
  start(now: Date): Promise<() => Promise<void>>
}

/** The instance that makes a change knows it at once; the others see it within this time. */
const refreshMs = 5_000

/** Until it is read for the first time, the book holds what a new centre of the region begins with. */
export const openTerritoryBook = (
  { database, log }: { database: () => Database; log: Log },
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

  const watch = () => {
    let stopped = false
    let failing = false
    let reading: Promise<void> | undefined
    let timer: NodeJS.Timeout | undefined
    const again = async (): Promise<void> => {
      try {
        await refresh()
        failing = false
      } catch (error) {
        // Logged once per outage; what was read last still holds.
        if (!failing) log.info('territories.unread', { error })
        failing = true
      }
      if (!stopped) later()
    }
    const later = (): void => {
      timer = setTimeout(() => {
        reading = again()
      }, refreshMs)
    }
    later()
    return async () => {
      stopped = true
      clearTimeout(timer)
      await reading
    }
  }

  const inUse = () => open
  return {
    open: inUse,
    region: withCurrent(region, 'territories', inUse),
    all: () => all,
    nameOf: (language, code) => names.get(code)?.[language],
    refresh,
    start: async (now) => {
      await seedTerritories(database(), region.territories, now)
      await refresh()
      return watch()
    },
  }
}
