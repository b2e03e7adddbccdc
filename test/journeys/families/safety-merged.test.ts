import { expect, test } from 'vitest'
import { kinds } from '#test/support/accepted-minor.ts'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { letter, of } from '#test/support/desk.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const call = { ...letter, source: 'phone' }
const outsider = { applicant: 'other-person', about: 'Семья с ул. Мира, 5' }

/** Writes down a call and merges it into the request at `path`; returns its id. */
const merge = async (key: ApiClient, path: string, changes: object): Promise<string> => {
  const made = await key.post('/requests', { ...call, ...changes })
  expect(made).toMatchObject({ status: 201 })
  const { id } = of(made)
  expect(await key.post(`${path}/merge`, { duplicateId: id })).toMatchObject({ status: 200 })
  return id
}

/** The family of an accepted request. */
const accept = async (world: World, key: ApiClient, path: string) => {
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const accepted = await key.post(`${path}/transition`, { to: 'closed', outcome: 'support-agreed' })
  const { familyId } = accepted.body as { familyId: string }
  return key.get(`/families/${familyId}`)
}

test('whoever phoned that calls are not safe, and then wrote, is called by no curator', async () => {
  const { world, key, path } = await openWithRequest()
  const { contact } = (await key.get(`${path}/details`)).body as { contact: { phone: string } }
  const id = await merge(key, path, { contact: { name: 'Оля', phone: contact.phone, safeToCall: 'no' } })
  const family = await accept(world, key, path)
  expect(kinds(family)).toEqual(['no-calls'])
  expect(await world.database.prisma.safetyFact.findMany()).toMatchObject([{ requestId: id }])
})

test('what a neighbour or another adult said of themselves is no fact about whoever asked', async () => {
  const { world, key, path } = await openWithRequest()
  const theirs = { name: 'Пётр Ковалёв', phone: '+79281112255', safeToCall: 'no', safeToWrite: 'no' }
  await merge(key, path, { ...outsider, contact: theirs })
  await merge(key, path, { contact: theirs })
  expect(kinds(await accept(world, key, path))).toEqual([])
})

test('a girl has said on the phone that her parents must not know: no link is offered, and the curator reads it', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const key = await keyOf(world)
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Да, можно', { birthDate: '12.03.2014' }), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const path = `/requests/${id}`
  const labels = () => dasha.buttons(dasha.card()).map(({ text }) => text)
  expect(labels()).toContain('Вместе с мамой или папой')
  await anna.tap('Взять')
  // By way of another one of hers, too.
  const second = of(
    await key.post('/requests', { ...call, applicant: 'minor', contact: { name: 'Даша', parents: 'yes' } }),
  )
  await merge(key, `/requests/${second.id}`, { applicant: 'minor', contact: { name: 'Даша' } })
  expect(await key.post(`${path}/merge`, { duplicateId: second.id })).toMatchObject({ status: 200 })
  await dasha.byHand('-.status.')
  expect(labels()).not.toContain('Вместе с мамой или папой')
  await dasha.byHand('-.together.')
  dasha.sees(/Сейчас позвать сюда никого нельзя/)
  expect(kinds(await accept(world, key, path))).toEqual(['parents-unsafe', 'no-calls'])
})
