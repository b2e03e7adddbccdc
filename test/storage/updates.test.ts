import { describe, expect, test } from 'vitest'
import type { InputKey } from '#core/channel.ts'
import {
  beginUpdate,
  deleteFailuresBefore,
  deleteProcessedBefore,
  quarantine,
  recordFailure,
} from '#storage/updates.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newAccount, newInput } from './samples.ts'

const db = useTestDatabase()
const at = new Date('2026-11-22T10:00:00Z')
const begin = (account: string, input: InputKey) =>
  db().transaction((tx) => beginUpdate(tx, account, input, at))

describe('an update', () => {
  test('is fresh once', async () => {
    const [account, input] = [newAccount(), newInput()]
    expect(await begin(account, input)).toBe('fresh')
    expect(await begin(account, input)).toBe('duplicate')
    expect(await begin(newAccount(), input)).toBe('duplicate')
    expect(await begin(account, newInput())).toBe('fresh')
  })

  test('stands under the moment at which it was handled, so that it is deleted by the same clock', async () => {
    const input = newInput()
    await begin(newAccount(), input)
    expect(await db().prisma.processedUpdate.findFirst({ where: { id: input.id } })).toMatchObject({ at })
  })

  test('of another channel is another one, whatever its id is', async () => {
    const input = newInput()
    await db().prisma.$executeRaw`INSERT INTO processed_updates (channel, id) VALUES ('another', ${input.id})`
    expect(await begin(newAccount(), input)).toBe('fresh')
    expect(await begin(newAccount(), input)).toBe('duplicate')
  })

  test('is fresh again after a rollback', async () => {
    const [account, input] = [newAccount(), newInput()]
    const failing = db().transaction(async (tx) => {
      await beginUpdate(tx, account, input, at)
      throw new Error('before the commit')
    })
    await expect(failing).rejects.toThrow('before the commit')
    expect(await begin(account, input)).toBe('fresh')
  })

  test('delivered twenty times at once is done once', async () => {
    const [account, input] = [newAccount(), newInput()]
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => begin(account, input)))
    expect(outcomes.filter((outcome) => outcome === 'fresh')).toHaveLength(1)
  })

  test('waits for another of the same person', async () => {
    const account = newAccount()
    const order: string[] = []
    const work = (name: string) =>
      db().transaction(async (tx) => {
        await beginUpdate(tx, account, newInput(), at)
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
    const input = newInput()
    expect(await recordFailure(db(), input, 'P2028', now)).toBe(1)
    expect(await recordFailure(db(), input, 'TypeError', now)).toBe(2)
    await Promise.all([1, 2, 3].map(() => recordFailure(db(), input, 'TypeError', now)))
    expect(await recordFailure(db(), input, 'TypeError', now)).toBe(6)
  })

  test('given up counts as processed', async () => {
    const input = newInput()
    await recordFailure(db(), input, 'TypeError', now)
    await quarantine(db(), input, now)
    await quarantine(db(), input, now)
    expect(await begin(newAccount(), input)).toBe('duplicate')
    expect(await db().prisma.failedUpdate.findFirst({ where: input })).toMatchObject({ quarantinedAt: now })
  })

  test('is forgotten in time', async () => {
    const [old, recent] = [newInput(), newInput()]
    for (const [input, at] of [
      [old, '2026-10-01'],
      [recent, '2026-11-21'],
    ] as const) {
      await recordFailure(db(), input, 'TypeError', new Date(at))
      await quarantine(db(), input, new Date(at))
    }
    await db().transaction((tx) => deleteProcessedBefore(tx, new Date('2026-11-15')))
    await db().transaction((tx) => deleteFailuresBefore(tx, new Date('2026-11-15')))
    const kept = await db().prisma.failedUpdate.findMany({ where: { id: { in: [old.id, recent.id] } } })
    expect(kept.map(({ id }) => id)).toEqual([recent.id])
    expect(await begin(newAccount(), old)).toBe('fresh')
    expect(await begin(newAccount(), recent)).toBe('duplicate')
  })
})
