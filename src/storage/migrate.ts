import { createHash } from 'node:crypto'
import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'
import { currentUser } from './grants.ts'
import { RightsMissing } from './rights-missing.ts'
import { applyMigrations, type Migration, readMigrations } from './schema-engine.ts'

/**
 * Applies the pending migrations of `prisma/migrations` with Prisma's own engine, which maintains the usual
 * `_prisma_migrations` table. Safe on several instances at once. Loads the engine (3 MB of WASM) only if something is
 * pending. Throws if a migration was edited after it was applied, or if something is pending and this user is not the
 * owner of the tables: then `ryadom database setup` has to come first.
 */
export const migrate = async (database: Database, log: Log): Promise<void> => {
  const migrations = await readMigrations()
  if ((await pending(database, migrations)).length === 0) return
  await database.schema.exclusively(async () => {
    const names = await pending(database, migrations)
    if (names.length === 0) return
    const { name, owner } = await currentUser(database)
    if (!owner)
      throw new RightsMissing(
        `The database is not prepared for this version, and its user ${name} may not change it. Run «ryadom database setup» with the owner's DATABASE_URL first, see docs/operations.md`,
      )
    const applied = await database.schema.connected((adapter) => applyMigrations(adapter, migrations))
    log.info('database.migrated', { applied })
  })
}

type Applied = { migration_name: string; checksum: string }

const pending = async (database: Database, migrations: Migration[]): Promise<string[]> => {
  const state = compare(await appliedTo(database), migrations)
  const [changed] = state.changed
  if (changed) throw new Error(`migration ${changed} was changed after it had been applied`)
  return state.pending
}

export type MigrationState = {
  pending: string[]
  /** Edited after they had been applied. */
  changed: string[]
  /** Applied by a version that is newer than this one. */
  unknown: string[]
}

/** Compares the database with the migrations of this version. */
export const migrationState = async (database: Database): Promise<MigrationState> =>
  compare(await appliedTo(database), await readMigrations())

const compare = (applied: Applied[], migrations: Migration[]): MigrationState => {
  const state: MigrationState = { pending: [], changed: [], unknown: [] }
  for (const { name, sql } of migrations) {
    const row = applied.find((one) => one.migration_name === name)
    if (!row) state.pending.push(name)
    else if (row.checksum !== createHash('sha256').update(sql).digest('hex')) state.changed.push(name)
  }
  const known = new Set(migrations.map(({ name }) => name))
  state.unknown = applied.map((one) => one.migration_name).filter((name) => !known.has(name))
  return state
}

const appliedTo = async ({ prisma }: Database): Promise<Applied[]> => {
  const [table] = await prisma.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`
  if (!table?.there) return []
  return prisma.$queryRaw<Applied[]>`
    SELECT migration_name, checksum FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
}
