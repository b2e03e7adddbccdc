import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { familyOfNumber, lockFamily } from '#storage/families/families.ts'
import { familyNotesOf, insertFamilyNote } from '#storage/families/family-notes.ts'
import { addSafetyOverride, safetyOverridesOf } from '#storage/families/safety-facts.ts'
import { insertVisit } from '#storage/visits/visits.ts'
import { visitsOfStaff } from '#storage/visits/visit-lists.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined } from '../samples.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('a family is locked in the territories of whoever asks, and found by its number', async () => {
  const { familyId } = await askedFamily(db(), { territory: 'lenin' })
  expect(await db().transaction((tx) => lockFamily(tx, familyId, ['october']))).toBeNull()
  const locked = await db().transaction((tx) => lockFamily(tx, familyId, ['lenin']))
  expect(locked).toMatchObject({ id: familyId })
  expect(await familyOfNumber(db(), locked?.number ?? 0)).toEqual(locked)
  expect(await familyOfNumber(db(), 2_000_000_000)).toBeNull()
})

test('notes and reasons are read as they were written; a note is kept from whom it is about', async () => {
  const [{ familyId }, { id: staffId }] = [await askedFamily(db()), await joined(db())]
  const by = { id: randomUUID(), familyId, at, staffId, apiKeyId: null }
  const note = { ...by, text: 'v1.test.note', mentioned: [], keptFrom: [staffId] }
  const override = { ...by, kind: 'invite' as const, subjectId: null, reason: 'v1.test.reason' }
  await db().transaction((tx) => insertFamilyNote(tx, note))
  await db().transaction((tx) => addSafetyOverride(tx, override))
  expect(await familyNotesOf(db(), { familyId, readerId: null, limit: 5 })).toEqual([note])
  expect(await familyNotesOf(db(), { familyId, readerId: staffId, limit: 5 })).toEqual([])
  expect(await safetyOverridesOf(db(), familyId)).toEqual([override])
})

test('the visits of a visitor come with the number of the family', async () => {
  const [{ familyId, memberId }, { id: staffId }] = [await askedFamily(db()), await joined(db())]
  const [startsAt, endsAt] = [new Date('2026-11-25T09:00:00Z'), new Date('2026-11-25T10:00:00Z')]
  const visit = {
    ...{ id: randomUUID(), familyId, staffId, startsAt, endsAt, purpose: 'plan', seriesId: null },
    ...{
      audience: 'family' as const,
      memberIds: [memberId],
      content: 'v1.test.content',
      doorCode: 'v1.test.code',
    },
  }
  await db().transaction((tx) => insertVisit(tx, { ...visit, createdAt: at }))
  const { number } = await db().prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  const until = new Date('2026-11-26T00:00:00Z')
  expect(await visitsOfStaff(db(), { staffId, from: at, until })).toMatchObject([
    { ...visit, familyNumber: number },
  ])
})
