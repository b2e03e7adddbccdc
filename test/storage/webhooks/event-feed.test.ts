import { randomUUID } from 'node:crypto'
import { setImmediate as tick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import { announce } from '#features/webhooks/announce.ts'
import { type FeedPlace, readFeed } from '#features/webhooks/events-feed.ts'
import type { Database } from '#storage/database.ts'
import { deleteEventsBefore } from '#storage/webhooks/webhook-events.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { createDice } from '#test/support/dice.ts'
import { seedFrom } from '#test/support/effort.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const scopes: Scope[] = ['events:read', 'requests:read']

const readerOf = async (database: Database) => {
  const { key } = await database.transaction((tx) =>
    createKey(tx, { name: 'feed', scopes, territories: [], expiresAt: undefined, now }),
  )
  const caller = {
    keyId: key.id,
    scopes: new Set(scopes),
    territories: 'all' as const,
    expiresAt: key.expiresAt,
  }
  let after: FeedPlace | undefined
  const read = async (limit = 7) => {
    const page = await readFeed(database, { caller, after, limit, now })
    after = page.place
    return page.items.map(({ data }) => (data as { staffId: string }).staffId)
  }
  return { read, caller, place: () => after }
}

/** Everything that there is by now. */
const rest = async (read: (limit?: number) => Promise<string[]>): Promise<string[]> => {
  const found = await read(100)
  return found.length === 0 ? [] : [...found, ...(await rest(read))]
}

const event = (staffId: string, at = now) =>
  ({ type: 'consent.given', now: at, requestId: null, data: { staffId } }) as const

const write = (staffId: string, at = now) =>
  db().transaction((tx) => announce(tx, { enqueue: async () => {} }, event(staffId, at)))

test('an event that commits late comes later; nothing is kept before a key reads', async () => {
  await write(randomUUID())
  const { read } = await readerOf(db())
  expect(await rest(read)).toEqual([])
  const [early, late] = [randomUUID(), randomUUID()]
  if (db().kind === 'embedded') {
    // One transaction at a time: none can be late.
    await write(late)
    await write(early)
    expect((await rest(read)).toSorted()).toEqual([early, late].toSorted())
    return
  }
  const [begun, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = db().transaction(async (tx) => {
    await announce(tx, { enqueue: async () => {} }, event(late, new Date(now.getTime() - 60_000)))
    begun.resolve()
    await commit.promise
  })
  await begun.promise
  await write(early)
  expect(await read()).toEqual([early])
  expect(await read()).toEqual([])
  commit.resolve()
  await slow
  expect(await read()).toEqual([late])
})

const seed = seedFrom('FEED_SEED')
test(`writers and readers at once: each reader gets every event once, and in one order (FEED_SEED=${seed})`, async () => {
  const readers = [await readerOf(db()), await readerOf(db())]
  for (const { read } of readers) await rest(read)
  const roll = createDice(seed).below
  const written: string[] = []
  let writing = 6
  const writer = async () => {
    for (let nth = 0; nth < 15; nth += 1) {
      const ids = Array.from({ length: 1 + roll(3) }, () => randomUUID())
      const [fails, waits] = [roll(4) === 0, roll(20)]
      const done = await db()
        .transaction(async (tx) => {
          for (const id of ids) {
            await announce(tx, { enqueue: async () => {} }, event(id, new Date(now.getTime() - roll(5000))))
            for (let turn = 0; turn < waits; turn += 1) await tick()
          }
          if (fails) throw new Error('rolled back')
          return true
        })
        .catch((error: Error) => {
          if (error.message !== 'rolled back') throw error
          return false
        })
      if (done) written.push(...ids)
    }
    writing -= 1
  }
  const follow = async ({ read }: (typeof readers)[number], limit: number) => {
    const got: string[] = []
    while (writing > 0) got.push(...(await read(limit)))
    return [...got, ...(await rest(read))]
  }
  const [, ...seen] = await Promise.all([
    Promise.all(Array.from({ length: 6 }, writer)),
    ...readers.map((reader, nth) => follow(reader, nth === 0 ? 3 : 50)),
  ])
  expect(written.length).toBeGreaterThan(60)
  expect(seen[0]?.toSorted()).toEqual(written.toSorted())
  expect(seen[1]).toEqual(seen[0])
})

test('a place that is too old, or from after a restored backup, is refused; a quiet reader keeps its place', async () => {
  const { read, caller, place } = await readerOf(db())
  await rest(read)
  const [first, second] = [randomUUID(), randomUUID()]
  await write(first)
  await read()
  const old = place()
  await write(second)
  await rest(read)
  const last = place()
  const reads = (after: FeedPlace | undefined) => readFeed(db(), { caller, after, limit: 10, now })

  // 90 days without an event: the last one stays, and the reader who has read it goes on.
  const removed = await db().transaction((tx) => deleteEventsBefore(tx, new Date(now.getTime() + 1)))
  expect(removed).toBeGreaterThan(0)
  expect(await reads(last)).toMatchObject({ items: [] })
  await expect(reads(old)).rejects.toThrow('too-old')
  await expect(reads({ position: 0n, id: null })).rejects.toThrow('too-old')

  // The backup did not have the last event yet: its number is given once more, to another one.
  const { prisma } = db()
  await prisma.webhookEvent.deleteMany({ where: { id: last?.id ?? '' } })
  await prisma.eventFeed.updateMany({ data: { last: (last?.position ?? 0n) - 1n } })
  await write(randomUUID())
  await expect(reads(last)).rejects.toThrow('too-old')
  expect((await reads(undefined)).items).toHaveLength(1)
})
