import type { Transport } from '#channels/telegram/transport.ts'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'

/** What surrounds an app that is started. */
export type AppContext = {
  clock: Clock
  log: Log
  /** A database that is already open and migrated, and no pooler's; the caller closes it. */
  database?: Database
  /** Another way to Telegram than connections to its API. */
  transport?: Transport
  /** Allows webhooks to loopback addresses; default: only in the sandbox. */
  allowLoopback?: boolean
  /** Overrides the API's limits, see http/api.ts. */
  api?: { perMinute: number; waitMs?: number }
  /** The regions that the sandbox's page may choose from; absent: it has one. */
  regions?: { chosen: string; codes: readonly string[]; choose(code: string): void }
  /** How often due jobs are looked for, see queue/due-poll.ts. */
  duePollMs?: number
  /** False: what recurs is not scheduled, see queue/boss.ts. */
  recurring?: boolean
}
