import { expect, test } from 'vitest'
import { clearRestored } from '#storage/erasure/again.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newPerson } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('a backup brings nobody back whose key is destroyed, or who was forgotten with it', async () => {
  const [stays, erased, left] = [await newPerson(db()), await newPerson(db()), await newPerson(db())]
  expect(await clearRestored(db(), now)).toBe(0)
  const { subjectKey, person } = db().prisma
  const where = { kind: 'person', subjectId: erased.id }
  await subjectKey.updateMany({ where, data: { destroyedAt: now, wrapped: null } })
  await subjectKey.deleteMany({ where: { kind: 'person', subjectId: left.id } })
  expect(await clearRestored(db(), now)).toBe(2)
  const found = await person.findMany({ select: { id: true, erasedAt: true } })
  expect(new Map(found.map(({ id, erasedAt }) => [id, erasedAt]))).toEqual(
    new Map([
      [stays.id, null],
      [erased.id, now],
    ]),
  )
  expect(await clearRestored(db(), now)).toBe(0)
})
