import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'

/** Applies the pending migrations of `prisma/migrations`; several instances may start at once. */
export const migrate = async (_database: Database, _log: Log): Promise<void> => {
  throw new Error('not written yet')
}
