import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import { migrate } from '#storage/migrate.ts'
import { RightsMissing } from '#storage/rights-missing.ts'
import { readMigrations } from '#storage/schema-engine.ts'
import { writeMigration } from '#storage/write-migration.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { databaseUrl, serverUrl } from '#test/support/postgres.ts'

const db = useTestDatabase()

const collecting = () => {
  const lines: string[] = []
  return { lines, log: createLog('debug', (line) => lines.push(line)) }
}

describe('migrations', () => {
  test('are applied once', async () => {
    const { lines, log } = collecting()
    await migrate(db(), log)
    expect(lines).toEqual([])
    const rows = await db().prisma.$queryRaw<
      unknown[]
    >`SELECT FROM _prisma_migrations WHERE finished_at IS NOT NULL`
    expect(rows).toHaveLength((await readMigrations()).length)
  })

  test('edited after they were applied prevent the start', async () => {
    const { database, dispose } = await openTestDatabase()
    await database.prisma.$executeRaw`UPDATE _prisma_migrations SET checksum = repeat('0', 64)`
    await expect(migrate(database, collecting().log)).rejects.toThrow('was changed after it had been applied')
    await dispose()
  })

  // By PGlite, whatever the project.
  test.runIf(inject('database') === 'embedded')('match the schema', async () => {
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

  test.runIf(inject('database') === 'postgres')(
    'say what an administrator has to run where the user may make no roles, and go on after it',
    async () => {
      const name = `ryadom_plain_${process.pid}`
      const server = new pg.Client({ connectionString: serverUrl() })
      await server.connect()
      await server.query(`CREATE ROLE ${name} LOGIN PASSWORD 'plain'`)
      await server.query(`CREATE DATABASE ${name} OWNER ${name}`)
      const url = new URL(databaseUrl(name))
      url.username = name
      url.password = 'plain'
      const plain = await openDatabase({ kind: 'postgres', url: url.href }, collecting().log)
      const refused = await migrate(plain, collecting().log).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(RightsMissing)
      const [grant] = /GRANT ryadom_survey_results, .+ TO ryadom_plain_\d+;/.exec(String(refused)) ?? []
      await server.query(grant ?? '')
      const { lines, log } = collecting()
      await migrate(plain, log)
      expect(lines.some((line) => line.includes('database.migrated'))).toBe(true)
      await plain.close()
      await server.query(`DROP DATABASE ${name}`)
      await server.query(`DROP ROLE ${name}`)
      await server.end()
    },
  )
})
