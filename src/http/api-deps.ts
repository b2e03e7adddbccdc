import type { GuardSettings } from '#features/webhooks/ssrf-guard.ts'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import type { Consents, Organisation } from '#features/consents/consent-texts.ts'
import type { TerritoryBook } from '#features/territories/territory-book.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'

/** Dependencies of every staff API route. */
export type ApiDeps = {
  database: Database
  sealer: Sealer
  region: Region
  texts: Texts
  enqueue: Enqueue
  clock: Clock
  log: Log
  /** The bot's username, for one-time links. */
  botUsername: () => string
  /** The operator named on printed pages for families. */
  organisation: () => Organisation
  /** The texts that people agree to. */
  consents: () => Consents
  /** The public address of the app; undefined if it has none. */
  publicUrl: () => string | undefined
  /** The centre's territories; `region.territories` are those in use. */
  territories: Pick<TerritoryBook, 'all' | 'refresh'>
  /** Aborted when the server is about to close: a call that waits answers at once. */
  closing: AbortSignal
  /** Where webhooks may lead. */
  guard: GuardSettings
}
