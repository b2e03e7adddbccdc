import type { Log } from '#core/log.ts'
import type { Database, DatabaseOptions } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { openPostgres } from './postgres.ts'

/**
 * Opens the database without migrating it. PostgreSQL connects on first use: while the server is down the app still
 * starts, queries fail within seconds, and it reconnects on its own.
 */
export const openDatabase = (options: DatabaseOptions, log: Log): Promise<Database> =>
  options.kind === 'embedded' ? openEmbedded(options, log) : openPostgres(options, log)
