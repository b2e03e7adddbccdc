import { expect, test } from 'vitest'
import {
  insertCentreDay,
  lockCentreDays,
  readCentreDays,
  removeCentreDay,
} from '#storage/deadlines/centre-days.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('days of the centre are read alike inside a transaction and past it', async () => {
  const given = [
    { day: '2026-12-28', kind: 'working' as const, act: 'Приказ 2', now },
    { day: '2026-12-25', kind: 'off' as const, act: 'Приказ 1', now },
  ]
  for (const day of given) await db().transaction((tx) => insertCentreDay(tx, day))
  const days = await db().transaction(lockCentreDays)
  expect(days.map(({ day, kind }) => [day, kind])).toEqual([
    ['2026-12-25', 'off'],
    ['2026-12-28', 'working'],
  ])
  expect(await readCentreDays(db())).toEqual(days)
  const [{ id } = { id: '' }] = days
  expect(await db().transaction((tx) => removeCentreDay(tx, id, now))).toBe(true)
  expect(await db().transaction(lockCentreDays)).toHaveLength(1)
})
