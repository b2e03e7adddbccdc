import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import type { Consents, Organisation } from '#features/consents/consent-texts.ts'
import type { GuardSettings } from '#features/webhooks/ssrf-guard.ts'
import type { TerritoryBook } from '#features/territories/territory-book.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { OidcSettings } from './sign-in/oidc.ts'

/** Dependencies of every page of the console. */
export type ConsoleDeps = {
  database: Database
  sealer: Sealer
  region: Region
  texts: Texts
  enqueue: Enqueue
  clock: Clock
  log: Log
  /** The bytes of a file that somebody sent; throws if there are more than `most`. */
  fetchFile: (fileId: string, most: number) => Promise<Uint8Array>
  /** The bot's username, for one-time links. */
  botUsername: () => string
  /** The centre, as the operator has named it. */
  organisation: () => Organisation
  /** The texts that people agree to. */
  consents: () => Consents
  /** Where webhooks may lead. */
  guard: GuardSettings
  /** The centre's territories; `region.territories` are those in use. */
  territories: Pick<TerritoryBook, 'all' | 'refresh'>
  /** The base URL of pages for staff, public or inside the centre's network; undefined if there is none: no page is served. */
  pagesUrl: () => string | undefined
  /** The centre's own sign-in, where it has one. */
  oidc?: OidcSettings | undefined
  /**
   * On this machine each member has a host of their own (`5000003.localhost`), so that several fit in one browser, and a link opens
   * at once.
   */
  sandbox?: boolean | undefined
  /** Aborted when the server is about to close: open streams end. */
  closing: AbortSignal
}
