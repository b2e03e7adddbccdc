import { expect, test } from 'vitest'
import { overdueRequests } from '#storage/routing/overdue-requests.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { submitted } from '#test/storage/samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('of more forgotten requests than are looked at once, all have their turn in time', async () => {
  const all = []
  for (let count = 0; count < 204; count += 1) all.push((await submitted(db())).id)
  const seen = new Set<string>()
  const look = async () => {
    const found = await db().transaction((tx) => overdueRequests(tx, now))
    expect(found).toHaveLength(200)
    for (const { id } of found) seen.add(id)
    return seen.size
  }
  // Nothing is done about any: as if each of them failed every time.
  await expect.poll(look, { timeout: 30_000, interval: 1 }).toBe(all.length)
})
