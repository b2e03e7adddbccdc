import { expect, test } from 'vitest'
import { hiddenFromInFamily, insertTalkApart } from '#storage/messages/talks-apart.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { waitingRequests } from '#storage/requests/requests.ts'
import { askedFamily } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { joined, submitted } from '../samples.ts'

const db = useTestDatabase()
const at = new Date('2026-11-24T09:00:00Z')

test('a waiting request is not offered to somebody from whom a line of it is kept', async () => {
  const [of, other] = [await joined(db()), await joined(db(), { name: 'Борис' })]
  const { id: requestId } = await submitted(db())
  await db().prisma.requestEvent.create({ data: { requestId, at, kind: 'note', hiddenFrom: [of.id] } })
  expect(await hiddenFromInRequest(db(), requestId)).toEqual([of.id])
  const offeredTo = async (staffId: string) => {
    const filter = { territories: ['lenin'], staffId, anybodys: true, escalatedFirst: false }
    return (await waitingRequests(db(), filter, { limit: 10, offset: 0 })).items.map(({ id }) => id)
  }
  expect(await offeredTo(other.id)).toEqual([requestId])
  expect(await offeredTo(of.id)).toEqual([])
})

test('a family keeps lines of its request, and what a member writes apart, from staff', async () => {
  const [of, rated] = [await joined(db()), await joined(db(), { name: 'Борис' })]
  const { id: requestId } = await submitted(db())
  const { familyId, memberId } = await askedFamily(db())
  await db().prisma.family.update({ where: { id: familyId }, data: { requestId } })
  expect(await hiddenFromInFamily(db(), familyId)).toEqual(new Set())
  await db().prisma.requestEvent.create({ data: { requestId, at, kind: 'note', hiddenFrom: [of.id] } })
  const talk = { id: crypto.randomUUID(), familyId, memberId, staffIds: [rated.id], since: at }
  await db().transaction((tx) => insertTalkApart(tx, talk))
  expect(await hiddenFromInFamily(db(), familyId)).toEqual(new Set([of.id, rated.id]))
})
