import { mkdir, writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { createPgliteAdapter } from './pglite-adapter.ts'
import { migrationsFolder, missingMigration } from './schema-engine.ts'

/**
 * Writes `prisma/migrations/<time>_<name>/migration.sql` from the difference between the existing migrations, applied to
 * an empty in-memory database, and `schema.prisma`. Returns its path; undefined if they match.
 */
export const writeMigration = async (name: string, now: Date): Promise<string | undefined> => {
  const pglite = await PGlite.create()
  try {
    const sql = await missingMigration(createPgliteAdapter(pglite))
    if (sql === '') return undefined
    const moment = now.toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = new URL(`${moment}_${name}/`, migrationsFolder)
    await mkdir(folder, { recursive: true })
    await writeFile(new URL('migration.sql', folder), sql)
    return `prisma/migrations/${moment}_${name}/migration.sql`
  } finally {
    await pglite.close()
  }
}
