import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'

/** Opens a pool on a PostgreSQL server; Prisma and the hot path share it. */
export const openPostgres = async (
  _options: { url: string; poolSize?: number },
  _log: Log,
): Promise<Database> => {
  throw new Error('not written yet')
}
