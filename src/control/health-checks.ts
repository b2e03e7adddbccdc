import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { lookAtStoredData } from '#storage/stored-data.ts'
import { withTimeout } from '#storage/time-limit.ts'

const databaseSlowMs = 2_000
/** Keys change with a restart, of this instance or of another one. */
const keysMs = 30_000

type Deps = {
  database: Database
  sealer: Sealer
  region: string
  /** Whether the database may be used yet. */
  available: () => boolean
  telegram: () => Promise<void> | void
  /** Milliseconds of a clock that only goes forward. */
  elapsed?: () => number
}

/** What `/health/ready` asks: the database, Telegram and sessions, and whether the keys open what is sealed. */
export const healthChecks = ({
  database,
  telegram,
  available,
  elapsed = () => performance.now(),
  ...deps
}: Deps) => {
  let looked: { at: number; open: boolean } | undefined
  return {
    database: () => {
      if (!available()) throw new Error('the database is not prepared')
      return database.ping(databaseSlowMs)
    },
    telegram,
    keys: async () => {
      if (!available()) return
      if (!looked || elapsed() - looked.at > keysMs) {
        // A database that is away, or slow, is a matter of the check above.
        const state = await withTimeout(databaseSlowMs, lookAtStoredData(database, deps)).catch(() => null)
        if (!state) return
        looked = { at: elapsed(), open: state.refused === null && state.incomplete === null }
      }
      if (!looked.open) throw new Error('DATA_KEYS do not open what is sealed')
    },
  }
}
