import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  accountChangesOf,
  decideAccountChanges,
  findAccountChange,
  insertAccountChange,
  markDisputed,
  openAccountChangesOf,
} from '#storage/families/account-changes.ts'
import {
  addFamilyInvite,
  bindMember,
  deleteUnreasonedInvites,
  deleteUnusedInvitesOf,
  describeMember,
  hasBeenAdultOf,
  memberOfAnyInvite,
  memberOfInvite,
  useFamilyInvite,
} from '#storage/families/family-members.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newPerson } from '../samples.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')
const later = new Date('2026-11-25T09:00:00Z')

test('a replaced account is disputed once, and decided with whoever decides', async () => {
  const { familyId, memberId, personId: oldPersonId } = await askedFamily(db())
  const { id: personId } = await newPerson(db())
  const change = { id: randomUUID(), familyId, memberId, oldPersonId, personId, at: now }
  await db().transaction(async (tx) => {
    await insertAccountChange(tx, change)
    await bindMember(tx, memberId, { personId, unconfirmedSince: now, joinedAt: now })
  })
  expect(await findAccountChange(db(), randomUUID())).toBeNull()
  expect(await findAccountChange(db(), change.id)).toMatchObject({ ...change, decision: null, how: null })
  for (const one of [oldPersonId, personId])
    expect(await openAccountChangesOf(db(), one)).toMatchObject([{ id: change.id, current: personId }])

  expect(await db().transaction((tx) => markDisputed(tx, change.id, later))).toBe(true)
  expect(await db().transaction((tx) => markDisputed(tx, change.id, later))).toBe(false)
  const made = { decision: 'confirmed', how: 'voice', decidedAt: later } as const
  await db().transaction((tx) => decideAccountChanges(tx, memberId, made))
  expect(await openAccountChangesOf(db(), personId)).toEqual([])
  expect(await accountChangesOf(db(), memberId)).toEqual([
    { ...change, disputedAt: later, ...made, staffId: null, apiKeyId: null },
  ])
})

test('a link leads to its member; those that need a reason go where somebody is unsafe', async () => {
  const { familyId, memberId, personId } = await askedFamily(db())
  const invite = async (tokenHash: string) =>
    db().transaction((tx) => addFamilyInvite(tx, { memberId, tokenHash, expiresAt: later }))
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()]
  await invite(first)
  expect(await memberOfInvite(db(), first, now)).toMatchObject({ id: memberId })
  expect(await db().transaction((tx) => useFamilyInvite(tx, first, now))).toBe(true)
  expect(await memberOfInvite(db(), first, now)).toBeNull()
  expect(await memberOfAnyInvite(db(), first)).toMatchObject({ id: memberId })

  await invite(second)
  await db().transaction((tx) => deleteUnreasonedInvites(tx, familyId))
  expect(await memberOfAnyInvite(db(), second)).toBeNull()
  await invite(third)
  expect(await db().transaction((tx) => deleteUnusedInvitesOf(tx, memberId))).toBe(1)
  expect(await memberOfAnyInvite(db(), first)).not.toBeNull()

  expect(await hasBeenAdultOf(db(), personId, familyId)).toBe(true)
  expect(await hasBeenAdultOf(db(), personId, randomUUID())).toBe(false)
  const named = await db().transaction((tx) => describeMember(tx, memberId, { name: 'v1.test.name' }))
  expect(named).toMatchObject({ id: memberId, name: 'v1.test.name' })
})
