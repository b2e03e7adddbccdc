import pg from 'pg'
import { inject } from 'vitest'
import { createLog } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import { applyMigrations, readMigrations } from '#storage/schema-engine.ts'
import { openTestDatabase } from './database.ts'
import { databaseUrl, serverUrl } from './postgres.ts'

const log = createLog('warn')

/** A database with the migrations before the one of this name; dropped afterwards. */
export const beforeMigration = async (name: string, work: (db: Database) => Promise<void>): Promise<void> => {
  const migrations = await readMigrations()
  const index = migrations.findIndex((one) => one.name.endsWith(`_${name}`))
  if (index < 1) throw new Error(`no migration ${name}`)
  const begin = async (db: Database) => {
    await db.schema.connected((adapter) => applyMigrations(adapter, migrations.slice(0, index)))
    try {
      await work(db)
    } finally {
      await db.close()
    }
  }
  if (inject('database') === 'embedded') return begin(await emptied((await openTestDatabase()).database))
  const database = `ryadom_${name}_${process.pid}`
  const server = new pg.Client({ connectionString: serverUrl() })
  await server.connect()
  try {
    await server.query(`CREATE DATABASE ${database}`)
    await begin(await openDatabase({ kind: 'postgres', url: databaseUrl(database) }, log))
  } finally {
    await server.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await server.end()
  }
}

/** To make a cluster in memory costs PGlite ten times what it takes to drop what the snapshot has. */
const emptied = async (db: Database): Promise<Database> => {
  for (const schema of ['public', 'pgboss'])
    await db.prisma.$executeRawUnsafe(`DROP SCHEMA ${schema} CASCADE`)
  await db.prisma.$executeRawUnsafe('CREATE SCHEMA public')
  return db
}
