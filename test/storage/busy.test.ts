import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import type { Database, Tx } from '#storage/database.ts'
import { isBusy, isLockTimeout } from '#storage/errors.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { newPerson } from './samples.ts'

const openSmall = async (poolSize: number): Promise<Database> => {
  const { database, options, dispose } = await openTestDatabase()
  await database.close()
  if (options.kind !== 'postgres') throw new Error('a pool is of a server')
  const small = await openDatabase({ ...options, poolSize }, createLog('silent'))
  onTestFinished(async () => {
    await small.close()
    await dispose()
  })
  return small
}

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe.runIf(inject('database') === 'postgres')('a database without room or time', () => {
  test('is busy when no connection becomes free in time', async () => {
    const db = await openSmall(1)
    const [taken, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const held = db.transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`
      taken.resolve()
      await free.promise
    })
    await taken.promise
    const refused = await Promise.all([
      errorOf(db.transaction((tx) => tx.person.count())),
      errorOf(db.prisma.person.count()),
      errorOf(db.sql.query('busy', 'SELECT 1', [])),
    ])
    free.resolve()
    await held
    expect(refused.map(isBusy)).toEqual([true, true, true])
  })

  test('is busy after a lock timeout or a deadlock', async () => {
    const db = await openSmall(4)
    const [one, two] = [await newPerson(db), await newPerson(db)]
    const take = (tx: Tx, id: string) => tx.$queryRaw`SELECT 1 FROM persons WHERE id = ${id}::uuid FOR UPDATE`
    const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const cross = (mine: 0 | 1, first: string, second: string) =>
      errorOf(
        db.transaction(async (tx) => {
          await take(tx, first)
          both[mine].resolve()
          await both[mine === 0 ? 1 : 0].promise
          await take(tx, second)
        }),
      )
    const ends = await Promise.all([cross(0, one.id, two.id), cross(1, two.id, one.id)])
    // Usually one is chosen to end; on a busy machine both may reach the lock timeout first.
    const refused = ends.filter((error) => error !== undefined)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.map(isBusy)).not.toContain(false)

    const [taken, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const holder = db.transaction(async (tx) => {
      await take(tx, one.id)
      taken.resolve()
      await done.promise
    })
    await taken.promise
    const late = await errorOf(
      db.transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL lock_timeout = '50ms'`
        await take(tx, one.id)
      }),
    )
    done.resolve()
    await holder
    expect([isLockTimeout(late), isBusy(late)]).toEqual([true, true])
  })

  test('is not busy when the statement is invalid', async () => {
    const db = await openSmall(2)
    const wrong = await errorOf(db.transaction((tx) => tx.$queryRaw`SELECT 1 / 0`))
    expect([wrong === undefined, isBusy(wrong), isBusy(undefined), isBusy(null)]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
