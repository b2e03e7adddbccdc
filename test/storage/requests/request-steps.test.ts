import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { insertCorrection, correctionsOf } from '#storage/corrections/corrections.ts'
import { insertDuplicate, standingMerge, undoDuplicate } from '#storage/requests/duplicates.ts'
import {
  bumpRevision,
  claim,
  endSafetyCheck,
  setContact,
  setStage,
  startSafetyCheck,
  withdraw,
} from '#storage/requests/request-steps.ts'
import { findRequest, lockRequest } from '#storage/requests/requests.ts'
import { hasCard, saveCard } from '#storage/requests/staff-cards.ts'
import type { Tx } from '#storage/database.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined, submitted } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const step = <Result>(work: (tx: Tx) => Promise<Result>) => db().transaction(work)

test('a request is locked in the territories of whoever asks, and each step counts its revision', async () => {
  const { id } = await submitted(db(), { territory: 'lenin' })
  const staff = await joined(db())
  expect(await step((tx) => lockRequest(tx, randomUUID()))).toBeNull()
  expect(await step((tx) => lockRequest(tx, id, ['october']))).toBeNull()
  expect(await step((tx) => lockRequest(tx, id, ['lenin']))).toMatchObject({ id, revision: 0 })
  const { stage = '' } = (await step((tx) => lockRequest(tx, id))) ?? {}

  await step((tx) => claim(tx, id, staff.id, now))
  expect(await step((tx) => setStage(tx, { id, stage: 'another' }, 'next'))).toBe(false)
  expect(await step((tx) => setStage(tx, { id, stage }, 'next'))).toBe(true)
  await step((tx) => setContact(tx, id, 'v1.test.other'))
  await step((tx) => bumpRevision(tx, id))
  expect(await findRequest(db(), id)).toMatchObject({ stage: 'next', contact: 'v1.test.other', revision: 4 })
})

test('a safety check is open once, and ends with what came of it', async () => {
  const { id } = await submitted(db())
  expect(await step((tx) => endSafetyCheck(tx, id, 'safe'))).toBe(false)
  await step((tx) => withdraw(tx, id, now))
  await step((tx) => startSafetyCheck(tx, id, now))
  expect(await findRequest(db(), id)).toMatchObject({ safetyCheck: 'open', escalateAt: now })
  expect(await step((tx) => endSafetyCheck(tx, id, 'safe'))).toBe(true)
  expect(await findRequest(db(), id)).toMatchObject({ safetyCheck: 'safe', escalateAt: null })
})

test('a merge stands until it is taken back, once', async () => {
  const [kept, duplicate, staff] = [await submitted(db()), await submitted(db()), await joined(db())]
  const merge = {
    ...{ id: randomUUID(), duplicateId: duplicate.id, keptId: kept.id, samePerson: false, at: now },
    ...{ ownDueAt: kept.dueAt, before: 'v1.test.before', staffId: staff.id, apiKeyId: null },
  }
  expect(await standingMerge(db(), duplicate.id)).toBeNull()
  await step((tx) => insertDuplicate(tx, merge))
  expect(await standingMerge(db(), duplicate.id)).toMatchObject(merge)
  expect(await step((tx) => undoDuplicate(tx, merge.id, now))).toBe(true)
  expect(await step((tx) => undoDuplicate(tx, merge.id, now))).toBe(false)
  expect(await standingMerge(db(), duplicate.id)).toBeNull()
})

test('the card of a request and its corrections are found again', async () => {
  const [{ id: requestId }, { id: staffId }] = [await submitted(db()), await joined(db())]
  expect(await hasCard(db(), requestId, staffId)).toBe(false)
  await saveCard(db(), { requestId, staffId, messageId: '17' })
  expect(await hasCard(db(), requestId, staffId)).toBe(true)
  const correction = {
    ...{ id: randomUUID(), requestId, memberId: null, staffId, apiKeyId: null, at: now },
    ...{ fields: ['phone' as const], before: 'v1.test.before', reason: 'v1.test.reason' },
  }
  await step((tx) => insertCorrection(tx, correction))
  expect(await correctionsOf(db(), { requestId })).toEqual([correction])
})
