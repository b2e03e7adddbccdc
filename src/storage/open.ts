import type { Log } from '#core/log.ts'
import type { Database, DatabaseOptions } from './database.ts'
import { openPostgres } from './postgres.ts'

/**
 * Opens the database without migrating it. PostgreSQL connects on first use: while the server is down the app still
 * starts, queries fail within seconds, and it reconnects on its own.
 */
export const openDatabase = async (options: DatabaseOptions, log: Log): Promise<Database> => {
  if (options.kind === 'postgres') return openPostgres(options, log)
  // Loaded where it is used only.
  const { openEmbedded } = await import('./embedded.ts')
  return openEmbedded(options, log)
}
