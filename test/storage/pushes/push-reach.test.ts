import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { hiddenAmong } from '#storage/hiding/hidden-chats.ts'
import {
  isUnreachable,
  lockAndCheckSilent,
  personIdOf,
  setPersonReachable,
  setPersonUnreachable,
} from '#storage/pushes/push-reach.ts'
import { recipientOf } from '#storage/accounts.ts'
import type { Tx } from '#storage/database.ts'
import { holdPushes, insertPushes, pushesOf } from '#storage/pushes/pushes.ts'
import { personRow, testSealer } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newAccount } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const step = <Result>(work: (tx: Tx) => Promise<Result>) => db().transaction(work)

const somebody = async () => {
  const account = newAccount()
  const row = personRow(account)
  await db().prisma.person.create({ data: row })
  return { ...row, plain: account }
}

test('somebody who cannot be reached is marked once, and silent until they are back', async () => {
  const { id } = await somebody()
  expect(await step((tx) => lockAndCheckSilent(tx, id))).toBe(false)
  expect(await step((tx) => setPersonUnreachable(tx, id, now))).toBe(true)
  expect(await step((tx) => setPersonUnreachable(tx, id, now))).toBe(false)
  expect(await isUnreachable(db(), id)).toBe(true)
  expect(await step((tx) => lockAndCheckSilent(tx, id))).toBe(true)
  expect(await step((tx) => setPersonReachable(tx, id))).toBe(true)
  expect(await step((tx) => setPersonReachable(tx, id))).toBe(false)
  expect(await hiddenAmong(db(), [id, null])).toEqual(new Set())
})

test('a person is found by the account, and by the recipient that it is sent to', async () => {
  const { plain, ...row } = await somebody()
  expect(await personIdOf(db(), testSealer, plain)).toBe(row.id)
  expect(await personIdOf(db(), testSealer, recipientOf(row))).toBe(row.id)
  expect(await personIdOf(db(), testSealer, newAccount())).toBeNull()
})

test('what waits for somebody is held', async () => {
  const { id: personId } = await somebody()
  const push = { key: randomUUID(), personId, familyId: null, kind: 'late' as const, at: now }
  await step((tx) => insertPushes(tx, [{ ...push, subjectId: null, version: null, urgent: false }]))
  expect(await pushesOf(db(), personId, 'waiting')).toMatchObject([push])
  await step((tx) => holdPushes(tx, personId, now))
  expect(await pushesOf(db(), personId, 'waiting')).toEqual([])
  expect(await pushesOf(db(), personId, 'held')).toMatchObject([{ ...push, endedAt: now }])
})
