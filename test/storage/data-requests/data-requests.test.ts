import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { forgetCorrections } from '#storage/data-requests/data-requests.ts'
import { carryOverRequests } from '#storage/data-requests/restrictions.ts'
import { familyOfNumber } from '#storage/data-requests/whose.ts'
import { subjectsOfPerson } from '#storage/erasure/subjects.ts'
import { idsOfPerson } from '#storage/one-person.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { newPerson } from '../samples.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('what somebody asked to be corrected in the bot is closed once all of theirs is erased; a letter stays', async () => {
  const { id: personId } = await newPerson(db())
  const ask = async (source: string) => {
    const days = { receivedOn: at, at, dueAt: at }
    const data = { id: randomUUID(), kind: 'correction', source, personId, content: 'v1.test.asked', ...days }
    return (await db().prisma.dataRequest.create({ data })).id
  }
  const [inBot, letter] = [await ask('bot'), await ask('letter')]
  await db().transaction((tx) => forgetCorrections(tx, [personId], at))
  const of = (id: string) =>
    db().prisma.dataRequest.findUniqueOrThrow({ where: { id }, include: { steps: true } })
  expect(await of(inBot)).toMatchObject({ outcome: 'done', content: null, steps: [{ kind: 'erased' }] })
  expect(await of(letter)).toMatchObject({ outcome: null, content: 'v1.test.asked', steps: [] })
})

test('nobody is found by a number that no family has, a place without a member, or an unknown id', async () => {
  const { familyId, memberId } = await askedFamily(db())
  const { number } = await db().prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  const found = (of: number, member: number) =>
    db().transaction((tx) => familyOfNumber(tx, { number: of, member }))
  expect(await found(number, 1)).toBe(memberId)
  expect([await found(number, 2), await found(number, 0), await found(2_000_000_000, 1)]).toEqual([
    null,
    null,
    null,
  ])
  expect(await db().transaction((tx) => subjectsOfPerson(tx, randomUUID()))).toBeNull()
})

test('who signed on paper before they had an account is one person with it', async () => {
  const { memberId, personId } = await askedFamily(db())
  expect(await idsOfPerson(db(), personId)).toEqual([personId])
  const { id: paperPersonId } = await newPerson(db())
  await db().prisma.familyMember.update({ where: { id: memberId }, data: { paperPersonId } })
  expect(await idsOfPerson(db(), personId)).toEqual([personId, paperPersonId])
})

test('what was asked about somebody by their paper is asked about their account from its joining on, with the block', async () => {
  const { memberId, personId } = await askedFamily(db())
  const { id: paperPersonId } = await newPerson(db())
  await db().prisma.person.update({ where: { id: paperPersonId }, data: { restrictedSince: at } })
  const days = { receivedOn: at, at, dueAt: at, restrictedAt: at }
  const data = { id: randomUUID(), kind: 'restriction', source: 'letter', personId: paperPersonId, ...days }
  await db().prisma.dataRequest.create({ data })
  await db().transaction((tx) => carryOverRequests(tx, { memberId, paperPersonId, personId }))
  const since = async (id: string) =>
    (await db().prisma.person.findUniqueOrThrow({ where: { id } })).restrictedSince
  expect([await since(paperPersonId), await since(personId)]).toEqual([null, at])
  expect(await db().prisma.dataRequest.count({ where: { personId } })).toBe(1)
})
