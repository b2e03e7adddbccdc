import { expect, inject, test } from 'vitest'
import { type ApiAnswer, type ApiClient, keyOf } from '#test/support/api.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld, type World } from '#test/support/world.ts'

const [leninsky, oktyabrsky] = ['leninsky', 'oktyabrsky']
const both = { name: 'Вера', role: 'intake', territories: [leninsky, oktyabrsky] }
const tuesday = '2026-11-24T07:00:00Z'
const any = { 'if-match': '*' }
const refused = { status: 409, body: { type: '/api/problems/not-allowed' } }

type Entries = { items: { subjectId: string | null; action: string }[] }
const subjects = (answer: ApiAnswer) => (answer.body as Entries).items.map(({ subjectId }) => subjectId)

const add = async (key: ApiClient, member: object): Promise<string> =>
  ((await key.post('/staff', member)).body as { member: { id: string } }).member.id

const openOffices = async (world: World) => ({
  all: await keyOf(world),
  lenin: await keyOf(world, { territories: [leninsky] }),
  october: await keyOf(world, { territories: [oktyabrsky] }),
})

test('for a member who also serves another territory a key can only add and remove its own', async () => {
  const world = await openWorld()
  const { all, lenin, october } = await openOffices(world)
  const id = await add(all, both)
  const path = `/staff/${id}`
  const absence = { from: '2100-01-01T00:00:00Z', until: '2100-01-02T00:00:00Z' }
  const { id: away } = (await all.post(`${path}/absences`, absence)).body as { id: string }
  const kept = await all.get(path)

  for (const changes of [
    { name: 'Чужая' },
    { role: 'supervisor' },
    { active: false },
    { languages: ['en'] },
    { minorsTrained: true },
    { capacity: 0 },
    { dutyHours: {} },
    { territories: [leninsky], active: false },
  ]) {
    expect(await lenin.patch(path, changes, any), JSON.stringify(changes)).toMatchObject(refused)
  }
  expect(await lenin.post(`${path}/link`)).toMatchObject(refused)
  expect(await lenin.post(`${path}/absences`, absence)).toMatchObject(refused)
  expect(await lenin.delete(`${path}/absences/${away}`)).toMatchObject(refused)
  expect((await lenin.get(path)).body).toEqual(kept.body)

  // Removed from the key's only territory: it gets the result of this call, and then no access.
  const left = await lenin.patch(path, { territories: [oktyabrsky] }, any)
  expect(left).toMatchObject({ status: 200, body: { id, territories: [oktyabrsky] } })
  expect(await lenin.get(path)).toMatchObject({ status: 404 })
  expect(await october.patch(path, { role: 'curator' }, any)).toMatchObject({ status: 200 })
})

test('changes of a member are in the audit of every key that can access the member', async () => {
  const world = await openWorld()
  const { all, lenin, october } = await openOffices(world)
  const shared = await add(all, both)
  const near = await add(lenin, { ...both, territories: [leninsky] })
  expect(subjects(await lenin.get('/audit'))).toEqual([near, shared])
  expect(subjects(await october.get('/audit'))).toEqual([shared])
  expect(subjects(await october.get('/audit?action=staff.changed'))).toEqual([shared])
  const first = await lenin.get('/audit?limit=1')
  expect(subjects(first)).toEqual([near])
  const { nextCursor } = first.body as { nextCursor: string }
  expect(subjects(await lenin.get(`/audit?limit=1&cursor=${nextCursor}`))).toEqual([shared])
  // Keys belong to no territory.
  expect(subjects(await all.get('/audit'))).toContain(october.keyId)
})

test.runIf(inject('database') === 'postgres')('of links created concurrently one is valid', async () => {
  const world = await openWorld()
  const { all } = await openOffices(world)
  const id = await add(all, both)
  const answers = await Promise.all(Array.from({ length: 6 }, () => all.post(`/staff/${id}/link`)))
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
  expect(await world.database.prisma.staffInvite.count({ where: { usedAt: null } })).toBe(1)
})

test('a repeated language is stored once, and empty hours are one error', async () => {
  const world = await openWorld()
  const { all } = await openOffices(world)
  const made = await all.post('/staff', { ...both, languages: ['ru', 'ru'] })
  expect(made).toMatchObject({ status: 201, body: { member: { languages: ['ru'] } } })
  const wrong = await all.post('/staff', { ...both, dutyHours: { mon: [] } })
  const { errors } = wrong.body as { errors: { pointer: string }[] }
  expect(errors.map(({ pointer }) => pointer)).toEqual(['#/dutyHours/mon'])
})

test('a request of a territory that nobody serves can go to a member of another one', async () => {
  const world = await openWorld({ at: tuesday })
  const { lenin } = await openOffices(world)
  await world.staff('Борис', [oktyabrsky])
  const { id } = await world.database.prisma.staffMember.findFirstOrThrow({ where: { name: 'Борис' } })
  await submitAsParent(world.person())
  const request = await world.database.prisma.request.findFirstOrThrow()
  expect(request.territory).toBe(leninsky)
  const path = `/requests/${request.id}`
  expect(await lenin.post(`${path}/claim`, { staffId: id })).toMatchObject({ status: 200 })

  // Once somebody serves it, members of other territories are no longer eligible.
  await world.staff('Анна', [leninsky])
  await world.database.prisma.request.update({
    where: { id: request.id },
    data: { status: 'submitted', claimedById: null, assignedToId: null },
  })
  expect(await lenin.post(`${path}/claim`, { staffId: id })).toMatchObject({
    status: 409,
    body: { type: '/api/problems/not-eligible' },
  })
})
