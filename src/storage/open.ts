import type { Log } from '#core/log.ts'
import type { Database, DatabaseOptions } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { openPostgres } from './postgres.ts'

/**
 * Opens the database without migrating it. PostgreSQL is connected to on first use: one that is down does
 * not keep the app from starting, fails within seconds and is found again by itself.
 */
export const openDatabase = (options: DatabaseOptions, log: Log): Promise<Database> =>
  options.kind === 'embedded' ? openEmbedded(options, log) : openPostgres(options, log)
