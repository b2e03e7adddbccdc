import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import { refuseOtherTimeZone, refuseTransactionPooler } from '#storage/pooler.ts'
import { createSealer } from '#storage/seal.ts'
import { checkStoredData } from '#storage/stored-data.ts'
import { openFakePooler } from '../support/fake-pooler.ts'
import { openWithFamily } from '../support/family.ts'
import { startRefused } from '../support/instances.ts'
import { submitAsParent } from '../support/intake.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { serverUrl } from '../support/postgres.ts'
import { openWorld, testKeys } from '../support/world.ts'

const otherKey = { id: 'other', key: Buffer.alloc(32, 9) }
const sameId = { id: 'test', key: Buffer.alloc(32, 9) }

const logged = () => {
  const lines: string[] = []
  return { lines, log: createLog('warn', (line) => lines.push(line)) }
}

describe('a start on a database that is not the app’s', () => {
  test.each([
    ['another id', [otherKey]],
    ['another key of the same id', [sameId]],
  ])('keys that open nothing end it: %s', async (_, keys) => {
    const { world, member } = await openWithFamily()
    await member('parent', 'Ольга')
    const of = (given: typeof keys) => ({ sealer: createSealer(given), region: 'stavropol', ...logged() })
    const { database } = world
    await expect(checkStoredData(database, of(keys))).rejects.toThrow(/DATA_KEYS open nothing/)
    // A rotation: the old key stays in the list.
    await checkStoredData(database, of([otherKey, ...testKeys]))
  })

  test('keys that open a part are reported, and the app starts', async () => {
    const { world, member } = await openWithFamily()
    await member('parent', 'Ольга')
    await submitAsParent(world.person())
    const request = await world.database.prisma.request.findFirstOrThrow()
    await world.database.prisma.request.update({
      where: { id: request.id },
      data: { contact: createSealer([otherKey]).seal('{}', `requests.contact.${request.id}`) },
    })
    const { lines, log } = logged()
    await checkStoredData(world.database, { sealer: createSealer(testKeys), region: 'stavropol', log })
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'keys.incomplete', failed: 1, of: 2 },
    ])
  })

  test('another region’s data ends it', async () => {
    const world = await openWorld()
    const given = { sealer: createSealer(testKeys), log: logged().log }
    await checkStoredData(world.database, { ...given, region: 'nyagan' })
    await submitAsParent(world.person())
    await checkStoredData(world.database, { ...given, region: 'stavropol' })
    await expect(checkStoredData(world.database, { ...given, region: 'nyagan' })).rejects.toThrow(
      /holds data of the region «stavropol», and REGION is «nyagan»/,
    )
  })
})

describe.runIf(onServer)('a start behind a pooler', () => {
  test('a transaction pooler in between ends it, and PostgreSQL itself does not', async () => {
    const world = await openOutside({ mode: 'polling' })
    const url = await openFakePooler(world.databaseUrl)
    const open = (address: string) => openDatabase({ kind: 'postgres', url: address }, createLog('silent'))
    const [direct, pooled] = [await open(world.databaseUrl), await open(url)]
    try {
      await refuseTransactionPooler(direct)
      await expect(refuseTransactionPooler(pooled)).rejects.toThrow(
        /pooler in transaction mode answers at 127/,
      )
    } finally {
      await Promise.all([direct.close(), pooled.close()])
    }
    const { code, output } = await startRefused({ ...world.environment, DATABASE_URL: url })
    expect(code, output.slice(-3_000)).toBe(1)
    expect(output).toMatch(/A connection pooler in transaction mode answers at 127\.0\.0\.1:\d+/)
    expect(output).not.toMatch(/^\s+at /m)
  }, 90_000)

  test('a pooler that drops the time zone ends it', async () => {
    const world = await openOutside({ mode: 'polling' })
    const name = new URL(world.databaseUrl).pathname.slice(1)
    const server = new pg.Client({ connectionString: serverUrl() })
    await server.connect()
    await server.query(`ALTER DATABASE ${name} SET timezone = 'Europe/Moscow'`)
    await server.end()
    const url = await openFakePooler(world.databaseUrl, ['options'])
    const open = (address: string) => openDatabase({ kind: 'postgres', url: address }, createLog('silent'))
    const [direct, pooled] = [await open(world.databaseUrl), await open(url)]
    try {
      await refuseOtherTimeZone(direct)
      await expect(refuseOtherTimeZone(pooled)).rejects.toThrow(/time zone Europe\/Moscow/)
    } finally {
      await Promise.all([direct.close(), pooled.close()])
    }
  }, 90_000)
})
