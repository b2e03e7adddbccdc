import type { Log } from '#core/log.ts'
import { type Change, changesSince } from '#storage/console/changes.ts'
import type { Database } from '#storage/database.ts'

/** How often an instance looks, while somebody is in the console (ms). */
const everyMs = 700
/** A transaction may end so long after its changes were made; longer ones are shown by the page's own refresh (ms). */
const lookBackMs = 3_000

export type Watcher = {
  staffId: string
  territories: ReadonlySet<string>
  /** Called when something of theirs has changed; once for all that one look finds. */
  changed: () => void
}

export type ChangeWatch = {
  /** Watches until the returned function is called. */
  watch(watcher: Watcher): () => void
  stop(): void
}

/**
 * Tells open consoles what has changed, by one look a second for all consoles of an instance, and none while nobody is there. Two
 * instances need not know of each other.
 */
export const createChangeWatch = (database: Database, log: Log): ChangeWatch => {
  const watchers = new Set<Watcher>()
  let timer: NodeJS.Timeout | undefined
  let since: Date | null = null
  let known = new Set<string>()

  const look = async () => {
    try {
      const { changes, now } = await changesSince(database, since)
      const fresh = changes.filter(({ key }) => !known.has(key))
      known = new Set(changes.map(({ key }) => key))
      since = new Date(now.getTime() - lookBackMs)
      if (fresh.length > 0) for (const one of watchers) if (concerns(one, fresh)) one.changed()
    } catch (error) {
      log.debug('console.not-watched', { error })
    }
    next()
  }
  const next = () => {
    timer = undefined
    if (watchers.size === 0) return
    timer = setTimeout(look, everyMs)
  }
  return {
    watch: (watcher) => {
      watchers.add(watcher)
      // Nobody has looked for a while: what has changed before is on the page already.
      if (watchers.size === 1 && timer === undefined) {
        since = null
        next()
      }
      return () => void watchers.delete(watcher)
    },
    stop: () => {
      watchers.clear()
      clearTimeout(timer)
    },
  }
}

const concerns = ({ staffId, territories }: Watcher, changes: readonly Change[]): boolean =>
  changes.some(
    ({ territory, staffIds }) =>
      staffIds.includes(staffId) || (territory !== null && territories.has(territory)),
  )
