import type { Log } from '#core/log.ts'
import { readAgain } from '#core/read-again.ts'
import { type DayBook, openDayBook } from '#features/deadlines/day-book.ts'
import { openPlaceBook, type PlaceBook } from '#features/guide/place-book.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { hasNews } from '#storage/news.ts'
import { centreListsMark } from '#storage/territories/centre-lists-mark.ts'
import { openTerritoryBook, type TerritoryBook } from './territory-book.ts'

/** What the centre keeps itself and the instance has in memory: its territories, its days off, and where else one can turn to. */
export type CentreBooks = {
  days: DayBook
  territories: TerritoryBook
  places: PlaceBook
  /** The region as the centre has it by then. */
  region: Region
  /** Reads all again, if somebody has changed any. */
  refresh(): Promise<void>
  /** The same, where nobody waits for it: never rejects. */
  look(): Promise<void>
  /**
   * Stores the territories of a new centre, reads all, and goes on to look whether another instance has changed any. Returns how
   * to stop.
   */
  start(now: Date): Promise<() => Promise<void>>
}

/** The instance that makes a change knows it at once, the others when they are told. What they were not told they see by then. */
const lookMs = { told: 60_000, alone: 5_000 }

export const openCentreBooks = (
  reading: { database: () => Database; log: Log },
  rules: Region,
): CentreBooks => {
  const days = openDayBook(reading, rules)
  const territories = openTerritoryBook(reading, days.region)
  const places = openPlaceBook(reading)
  let known = ''
  const readChanged = async (): Promise<void> => {
    // Asked before: what changes meanwhile is read at the next look.
    const mark = await centreListsMark(reading.database())
    if (mark === known) return
    await days.refresh()
    await territories.refresh()
    await places.refresh()
    known = mark
  }
  let last: Promise<void> = Promise.resolve()
  let waiting: Promise<void> | null = null
  // One after another: an earlier reading that ends later would bring back what was. Who asks while one waits to begin shares it.
  const refresh = (): Promise<void> => {
    waiting ??= last.then(() => {
      waiting = null
      return readChanged()
    })
    last = waiting.catch(() => undefined)
    return waiting
  }
  let failing = false
  let started = false
  const look = async (): Promise<void> => {
    // What was told before is read by the start.
    if (!started) return
    try {
      await refresh()
      failing = false
    } catch (error) {
      // Logged once per outage; what was read last still holds.
      if (!failing) reading.log.info('centre-lists.unread', { error })
      failing = true
    }
  }
  return {
    ...{ days, territories, places },
    region: territories.region,
    refresh,
    look,
    start: async (now) => {
      await territories.seed(now)
      await refresh()
      started = true
      return readAgain(look, hasNews(reading.database()) ? lookMs.told : lookMs.alone)
    },
  }
}
