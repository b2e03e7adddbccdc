import { describe, expect, test } from 'vitest'
import {
  beginUpdate,
  deleteFailuresBefore,
  deleteProcessedBefore,
  quarantine,
  recordFailure,
} from '#storage/updates.ts'
import { useTestDatabase } from '#test/support/database.ts'
import { newAccount, newUpdateId } from './samples.ts'

const db = useTestDatabase()
const begin = (account: string, id: bigint) => db().transaction((tx) => beginUpdate(tx, account, id))

describe('an update', () => {
  test('is fresh once', async () => {
    const [account, id] = [newAccount(), newUpdateId()]
    expect(await begin(account, id)).toBe('fresh')
    expect(await begin(account, id)).toBe('duplicate')
    expect(await begin(newAccount(), id)).toBe('duplicate')
    expect(await begin(account, id + 1n)).toBe('fresh')
  })

  test('is fresh again after a rollback', async () => {
    const [account, id] = [newAccount(), newUpdateId()]
    const failing = db().transaction(async (tx) => {
      await beginUpdate(tx, account, id)
      throw new Error('before the commit')
    })
    await expect(failing).rejects.toThrow('before the commit')
    expect(await begin(account, id)).toBe('fresh')
  })

  test('delivered twenty times at once is done once', async () => {
    const [account, id] = [newAccount(), newUpdateId()]
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => begin(account, id)))
    expect(outcomes.filter((outcome) => outcome === 'fresh')).toHaveLength(1)
  })

  test('waits for another of the same person', async () => {
    const account = newAccount()
    const order: string[] = []
    const work = (name: string) =>
      db().transaction(async (tx) => {
        await beginUpdate(tx, account, newUpdateId())
        order.push(`${name} begins`)
        await new Promise((resolve) => setTimeout(resolve, 100))
        order.push(`${name} ends`)
      })
    await Promise.all([work('a'), work('b'), work('c')])
    for (const at of [0, 2, 4]) expect(order[at]?.replace('begins', 'ends')).toBe(order[at + 1])
  })
})

describe('a failing update', () => {
  const now = new Date('2026-11-22T10:00:00Z')

  test('is counted, also by several at once', async () => {
    const id = newUpdateId()
    expect(await recordFailure(db(), id, 'P2028', now)).toBe(1)
    expect(await recordFailure(db(), id, 'TypeError', now)).toBe(2)
    await Promise.all([1, 2, 3].map(() => recordFailure(db(), id, 'TypeError', now)))
    expect(await recordFailure(db(), id, 'TypeError', now)).toBe(6)
  })

  test('given up counts as processed', async () => {
    const id = newUpdateId()
    await recordFailure(db(), id, 'TypeError', now)
    await quarantine(db(), id, now)
    await quarantine(db(), id, now)
    expect(await begin(newAccount(), id)).toBe('duplicate')
    expect(await db().prisma.failedUpdate.findUnique({ where: { id } })).toMatchObject({ quarantinedAt: now })
  })

  test('is forgotten in time', async () => {
    const [old, recent] = [newUpdateId(), newUpdateId()]
    for (const [id, at] of [
      [old, '2026-10-01'],
      [recent, '2026-11-21'],
    ] as const) {
      await recordFailure(db(), id, 'TypeError', new Date(at))
      await quarantine(db(), id, new Date(at))
    }
    await db().transaction((tx) => deleteProcessedBefore(tx, new Date('2026-11-15')))
    await db().transaction((tx) => deleteFailuresBefore(tx, new Date('2026-11-15')))
    const kept = await db().prisma.failedUpdate.findMany({ where: { id: { in: [old, recent] } } })
    expect(kept.map(({ id }) => id)).toEqual([recent])
    expect(await begin(newAccount(), old)).toBe('fresh')
    expect(await begin(newAccount(), recent)).toBe('duplicate')
  })
})
