import { beforeAll, expect, test } from 'vitest'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()

beforeAll(async () => {
  await db().prisma.$executeRawUnsafe('CREATE TABLE kept (id int PRIMARY KEY)')
})

const keep = (id: number) => ({ name: 'keep', text: 'INSERT INTO kept VALUES ($1::int)', values: [id] })
const look = (id: number) => ({
  name: 'look',
  text: 'SELECT id FROM kept WHERE id = $1::int',
  values: [id],
})

test('the second sees what the first has committed, however much is asked in the same moment', async () => {
  const pairs = Array.from({ length: 60 }, (_, id) => {
    // Batches are divided at other places for each pair.
    if (id % 3 === 0) void db().sql.query('look', look(id).text, [id])
    return db().sql.inTurn<never, { id: number }>(keep(id), look(id))
  })
  const seen = await Promise.all(
    pairs.map(async ([kept, looked]) => {
      await kept
      return looked
    }),
  )
  expect(seen.flat().map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, id) => id))
})

test('a first that fails is no reason for the second not to look', async () => {
  await db().sql.query('keep', keep(1000).text, [1000])
  const [kept, looked] = db().sql.inTurn<never, { id: number }>(keep(1000), look(1000))
  const [refused, found] = await Promise.allSettled([kept, looked])
  expect(refused.status).toBe('rejected')
  expect(found).toEqual({ status: 'fulfilled', value: [{ id: 1000 }] })
})
