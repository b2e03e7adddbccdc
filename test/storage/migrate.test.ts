import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/database.ts'
import { migrate } from '#storage/migrate.ts'
import { readMigrations } from '#storage/schema-engine.ts'
import { writeMigration } from '#storage/write-migration.ts'
import { openTestDatabase, useTestDatabase } from '#test/support/database.ts'
import { databaseUrl, serverUrl } from '#test/support/postgres.ts'

const db = useTestDatabase()

const collecting = () => {
  const lines: string[] = []
  return { lines, log: createLog('debug', (line) => lines.push(line)) }
}

describe('migrations', () => {
  test('that are applied are not applied again', async () => {
    const { lines, log } = collecting()
    await migrate(db(), log)
    expect(lines).toEqual([])
    const rows = await db().prisma.$queryRaw<
      unknown[]
    >`SELECT FROM _prisma_migrations WHERE finished_at IS NOT NULL`
    expect(rows).toHaveLength((await readMigrations()).length)
  })

  test('that were changed afterwards stop the start', async () => {
    const { database, dispose } = await openTestDatabase()
    await database.prisma.$executeRaw`UPDATE _prisma_migrations SET checksum = repeat('0', 64)`
    await expect(migrate(database, collecting().log)).rejects.toThrow('was changed after it had been applied')
    await dispose()
  })

  test('say the same as the schema', async () => {
    expect(await writeMigration('nothing', new Date('2026-11-22'))).toBeUndefined()
  })

  test.runIf(inject('database') === 'postgres')('are applied once by three that start together', async () => {
    const name = `ryadom_migrate_${process.pid}`
    const server = new pg.Client({ connectionString: serverUrl() })
    await server.connect()
    await server.query(`CREATE DATABASE ${name}`)
    const { lines, log } = collecting()
    const instances = await Promise.all(
      [1, 2, 3].map(() => openDatabase({ kind: 'postgres', url: databaseUrl(name) }, log)),
    )
    await Promise.all(instances.map((instance) => migrate(instance, log)))
    await Promise.all(instances.map((instance) => instance.close()))
    await server.query(`DROP DATABASE ${name}`)
    await server.end()
    expect(lines.filter((line) => line.includes('database.migrated'))).toHaveLength(1)
  })
})
