import { expect, test } from 'vitest'
import { newId, sha256 } from '#core/ids.ts'
import {
  addConsent,
  attachConsents,
  type ConsentKind,
  consentsOf,
  withdrawConsents,
} from '#storage/consents/consents.ts'
import { newPerson, submitted } from '#test/storage/samples.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const givenAt = new Date('2026-11-22T10:00:00Z')
const now = new Date('2026-11-23T10:00:00Z')

const give = (personId: string, kind: ConsentKind, textHash = sha256(kind)) =>
  db().transaction((tx) =>
    addConsent(tx, { id: newId(), personId, kind, version: '2026-11-01', textHash, language: 'ru', givenAt }),
  )

test('a consent records the exact text, its request and the time of withdrawal', async () => {
  const { id: requestId, personId } = await submitted(db())
  const other = await newPerson(db())
  await give(personId, 'personal-data')
  await give(personId, 'data-sharing')
  await give(other.id, 'personal-data')
  expect(await db().transaction((tx) => attachConsents(tx, personId, requestId))).toBe(2)
  expect(await db().transaction((tx) => attachConsents(tx, personId, requestId))).toBe(0)
  const withdraw = () =>
    db().transaction((tx) => withdrawConsents(tx, { personId, kinds: ['data-sharing'], requestId, now }))
  expect(await withdraw()).toBe(1)
  expect(await withdraw()).toBe(0)
  const common = {
    id: expect.any(String),
    personId,
    requestId,
    version: '2026-11-01',
    language: 'ru',
    givenAt,
  }
  const kept = await consentsOf(db(), personId)
  expect(kept.toSorted((a, b) => b.kind.localeCompare(a.kind))).toMatchObject([
    { ...common, kind: 'personal-data', textHash: sha256('personal-data'), withdrawnAt: null },
    { ...common, kind: 'data-sharing', textHash: sha256('data-sharing'), withdrawnAt: now },
  ])
  expect(await consentsOf(db(), other.id)).toMatchObject([{ requestId: null }])
})

test('an unknown kind and an invalid hash are rejected', async () => {
  const { id } = await newPerson(db())
  await expect(give(id, 'everything' as ConsentKind)).rejects.toThrow()
  await expect(give(id, 'personal-data', 'abc')).rejects.toThrow()
})
