import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { listOrphans } from '#storage/staff/staff-work.ts'
import { insertVisit } from '#storage/visits/visits.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const days = (count: number) => new Date(now.getTime() + count * 86_400_000)

test('a visit that falls into the absence of whoever makes it is nobody’s', async () => {
  const { familyId } = await askedFamily(db(), { territory: 'lenin' })
  const { id: staffId } = await joined(db(), { role: 'curator' })
  await db().prisma.family.update({ where: { id: familyId }, data: { curatorId: staffId } })
  const visit = async (startsAt: Date) => {
    const id = randomUUID()
    const endsAt = new Date(startsAt.getTime() + 3_600_000)
    const row = { id, familyId, staffId, startsAt, endsAt, purpose: 'plan', seriesId: null }
    const said = {
      audience: 'family' as const,
      memberIds: [],
      content: 'v1.test.text',
      doorCode: 'v1.test.text',
    }
    await db().transaction((tx) => insertVisit(tx, { ...row, ...said, createdAt: now }))
    return id
  }
  const during = await visit(days(3))
  await visit(days(9))
  const orphans = async () => (await listOrphans(db(), { territories: ['lenin'], now })).visits
  expect(await orphans()).toEqual([])
  await db().prisma.staffAbsence.create({ data: { staffId, from: days(2), until: days(5) } })
  expect(await orphans()).toMatchObject([{ id: during, familyId }])
})
