import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'

/** Opens PGlite: real PostgreSQL inside this process, one connection. */
export const openEmbedded = async (
  _options: { dir: string | 'memory'; snapshot?: Blob },
  _log: Log,
): Promise<Database> => {
  throw new Error('not written yet')
}
