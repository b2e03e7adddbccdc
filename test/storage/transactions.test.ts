import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newAccount, newPerson } from './samples.ts'
import { personRow, storedAs } from '#test/support/accounts.ts'

const db = useTestDatabase()
const named = (account: string) => db().prisma.person.count({ where: { account: storedAs(account) } })

describe('a transaction', () => {
  test('commits all or nothing', async () => {
    const account = newAccount()
    const failing = db().transaction(async (tx) => {
      await tx.person.create({ data: personRow(account) })
      expect(await tx.person.count({ where: { account: storedAs(account) } })).toBe(1)
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect(await named(account)).toBe(0)
  })

  test('rejects when its commit fails', async () => {
    await db().prisma
      .$executeRaw`CREATE TABLE IF NOT EXISTS late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)`
    const account = newAccount()
    const refused = db().transaction(async (tx) => {
      await tx.person.create({ data: personRow(account) })
      await tx.$executeRaw`INSERT INTO late VALUES (1), (1)`
    })
    await expect(refused).rejects.toThrow()
    expect(await named(account)).toBe(0)
    await newPerson(db())
  })

  test('leaves the connection usable after a failed statement', async () => {
    for (let round = 0; round < 5; round += 1) {
      await expect(db().transaction((tx) => tx.$queryRaw`SELECT 1 / 0`)).rejects.toThrow()
      expect(await db().sql.query('one', 'SELECT 1 AS one', [])).toEqual([{ one: 1 }])
    }
  })

  test('is one, whether its statements go through Prisma or past it', async () => {
    const accounts = [newAccount(), newAccount()] as const
    const insert = async (tx: Tx) => {
      await tx.person.create({ data: personRow(accounts[0]) })
      const { id, account, sealedAccount } = personRow(accounts[1])
      await direct(tx)`
        INSERT INTO persons (id, account, sealed_account, language, address, created_at)
        VALUES (${id}::uuid, ${account}, ${sealedAccount}, 'ru', 'adult', now())`
      const [row] = await direct(tx)<{ seen: number }>`
        SELECT count(*)::int AS seen FROM persons WHERE account IN (${storedAs(accounts[0])}, ${storedAs(accounts[1])})`
      return row?.seen
    }
    const failing = db().transaction(async (tx) => {
      await insert(tx)
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect([await named(accounts[0]), await named(accounts[1])]).toEqual([0, 0])
    await expect(db().transaction(insert)).resolves.toBe(2)
    expect([await named(accounts[0]), await named(accounts[1])]).toEqual([1, 1])
  })

  test('with statements sent together fails with the first that fails, and leaves nothing', async () => {
    const account = newAccount()
    const failing = db().transaction(async (tx) => {
      await tx.person.create({ data: personRow(account) })
      await Promise.all([direct(tx)`SELECT 1 / 0`, direct(tx)`SELECT 1`, direct(tx)`SELECT 2`])
    })
    await expect(failing).rejects.toThrow('division by zero')
    expect(await named(account)).toBe(0)
  })

  test('that is over takes no statement', async () => {
    const account = newAccount()
    const { id, account: stored, sealedAccount } = personRow(account)
    const over = Promise.withResolvers<void>()
    const late: Promise<unknown>[] = []
    const failing = db().transaction(async (tx) => {
      await direct(tx)`SELECT 1`
      const insert = async () => {
        await over.promise
        await direct(tx)`
          INSERT INTO persons (id, account, sealed_account, language, address, created_at)
          VALUES (${id}::uuid, ${stored}, ${sealedAccount}, 'ru', 'adult', now())`
      }
      late.push(insert())
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    over.resolve()
    await expect(late[0]).rejects.toThrow()
    expect(await named(account)).toBe(0)
  })

  test('reads what it has made together with its commit, and is undone if that cannot be read', async () => {
    const [read, failed] = [newAccount(), newAccount()]
    const create = (account: string) => (tx: Tx) => tx.person.create({ data: personRow(account) })
    const [, [row]] = await db().transactionThenRead(
      create(read),
      (tx) =>
        direct(tx)<{
          seen: number
        }>`SELECT count(*)::int AS seen FROM persons WHERE account = ${storedAs(read)}`,
    )
    expect(row?.seen).toBe(1)
    expect(await named(read)).toBe(1)
    await expect(db().transactionThenRead(create(failed), (tx) => direct(tx)`SELECT 1 / 0`)).rejects.toThrow(
      'division by zero',
    )
    expect(await named(failed)).toBe(0)
  })

  test('is isolated from other statements', async () => {
    const account = newAccount()
    const order: string[] = []
    const seen: number[] = []
    const text = 'SELECT count(*)::int AS n FROM persons WHERE account = $1'
    const begun = Promise.withResolvers<void>()
    const read = Promise.withResolvers<void>()
    const long = db().transaction(async (tx) => {
      await tx.person.create({ data: personRow(account) })
      order.push('created')
      begun.resolve()
      // On PGlite it would wait for itself.
      await (db().kind === 'embedded' ? sleep(100) : read.promise)
      order.push('done')
    })
    await begun.promise
    const [row] = await db().sql.query<{ n: number }>('outside', text, [storedAs(account)])
    seen.push(row?.n ?? -1)
    read.resolve()
    await long
    // On PGlite's single connection the outside query waits; on PostgreSQL it reads the state from before.
    expect(seen).toEqual([db().kind === 'embedded' ? 1 : 0])
    expect(order).toEqual(['created', 'done'])
  })
})

test('a query outside `tx` inside a transaction is rejected: on PGlite it would deadlock', async () => {
  const ask = () =>
    db().transaction(async (tx) => [await tx.person.count(), await db().prisma.person.count()])
  const nest = () => db().transaction(() => db().transaction((tx) => tx.person.count()))
  const start = performance.now()
  await expect(ask()).rejects.toThrow('inside a transaction')
  await expect(nest()).rejects.toThrow('inside a transaction')
  expect(performance.now() - start).toBeLessThan(2_000)
  await newPerson(db())
})

test("pg-boss's failures on the shared connection do not disturb transactions in progress", async () => {
  const { db: boss } = db().boss
  if (!boss) return
  const people = 60
  const outcomes: string[] = []
  let working = true
  const failures = async (statement: string) => {
    while (working) {
      outcomes.push(
        await boss.executeSql(statement).then(
          () => 'passed',
          () => 'failed',
        ),
      )
      await sleep(1)
    }
  }
  const accounts: string[] = []
  const work = async () => {
    for (let one = 0; one < people / 2; one += 1) {
      const account = newAccount()
      await db().transaction(async (tx) => {
        await tx.person.create({ data: personRow(account) })
        await sleep(2)
        await tx.person.update({ where: { account: storedAs(account) }, data: { language: 'en' } })
      })
      accounts.push(account)
    }
  }
  const worked = Promise.all([work(), work()]).finally(() => {
    working = false
  })
  await Promise.all([
    failures('BEGIN; SELECT 1; SELECT 1 / 0; COMMIT;'),
    failures('SELECT 1 / 0'),
    failures('SELECT 1; SELECT * FROM nowhere'),
    worked,
  ])
  expect(new Set(outcomes)).toEqual(new Set(['failed']))
  expect(accounts).toHaveLength(people)
  expect(
    await db().prisma.person.count({ where: { account: { in: accounts.map(storedAs) }, language: 'en' } }),
  ).toBe(accounts.length)
})

test("pg-boss's blocks are committed when they succeed", async () => {
  const { db: boss } = db().boss
  if (!boss) return
  const { rows } = await boss.executeSql(
    'BEGIN; CREATE TABLE blocks (id int); INSERT INTO blocks VALUES (7) RETURNING id; COMMIT;',
  )
  expect(rows).toEqual([{ id: 7 }])
  expect(await db().sql.query('blocks', 'SELECT id FROM blocks', [])).toEqual([{ id: 7 }])
})

test('timestamps are stored exactly, and read alike through Prisma and prepared statements', async () => {
  const { id } = await newPerson(db())
  const moment = new Date('2026-03-29T00:30:00.789Z')
  await db().prisma.person.update({ where: { id }, data: { createdAt: moment } })
  expect((await db().prisma.person.findUnique({ where: { id } }))?.createdAt).toEqual(moment)
  const text = 'SELECT created_at FROM persons WHERE id = $1::uuid AND created_at = $2'
  expect(await db().sql.query('moment', text, [id, moment])).toEqual([{ created_at: moment }])
})
