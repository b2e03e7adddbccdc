import { expect, test } from 'vitest'
import { addPlace, changePlace, dropPlace } from '#features/guide/places.ts'
import { keyOf } from '#test/support/api.ts'
import { openOffice } from '#test/support/office.ts'
import { missing, problem } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

const food = {
  territory: 'leninsky',
  audience: 'everyone' as const,
  topics: ['no-food'],
  content: {
    name: { ru: 'Социальная столовая', en: 'Community kitchen' },
    phone: '8 8652 11-22-33',
    hours: { ru: 'по будням с 11 до 15' },
    whatFor: { ru: 'Горячий обед бесплатно' },
  },
}
type Listed = { items: { id: string; territory: string | null }[] }

test('what a supervisor enters stands in the guide within seconds, and goes when it is removed', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const key = await keyOf(world)
  expect(await key.post('/places', food)).toMatchObject({ status: 201, body: { items: [food] } })
  const { items } = (await key.get('/places')).body as Listed
  const path = `/places/${items[0]?.id}`
  const olga = world.person()
  const guide = async () => {
    await olga.byHand('-.places.ru-adult-no-food')
    return olga.allText()
  }
  await olga.start()
  await expect
    .poll(guide, { interval: 500 })
    .toMatch(/Социальная столовая[\s\S]*8 8652 11-22-33, по будням с 11 до 15/)
  expect(olga.allText()).toMatch(/Ленинский район[\s\S]*Центр проверил: 24 ноября/)
  world.clock.set('2026-12-01T09:00:00Z')
  // An empty change says that it was checked.
  expect(await key.patch(path, {})).toMatchObject({ status: 200 })
  await expect.poll(guide, { interval: 500 }).toMatch(/Центр проверил: 1 декабря/)
  expect((await key.delete(path)).status).toBe(204)
  expect((await key.get('/places')).body).toEqual({ items: [] })
  expect(await key.patch(path, {})).toMatchObject(problem('not-found', 404))
  const changes = await world.database.prisma.auditEntry.count({ where: { action: 'places.changed' } })
  expect(changes).toBe(3)
})

test('a key keeps its own territory, a supervisor theirs, and nobody enters what is no phone or no topic', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const whole = await keyOf(world)
  const key = await keyOf(world, { territories: ['oktyabrsky'] })
  await whole.post('/places', food)
  expect((await key.get('/places')).body).toEqual({ items: [] })
  expect(await key.post('/places', food)).toMatchObject(problem('invalid-input', 422))
  expect(await key.post('/places', { ...food, territory: null })).toMatchObject(problem('not-allowed', 409))
  expect(await key.post('/places', { ...food, territory: 'oktyabrsky' })).toMatchObject({ status: 201 })
  for (const wrong of [
    { ...food, topics: ['no-topic'] },
    { ...food, territory: 'no-territory' },
    { ...food, content: { ...food.content, phone: 'позвоните' } },
  ])
    expect(await whole.post('/places', wrong)).toMatchObject(problem('invalid-input', 422))

  await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Анна', ['leninsky'])
  const office = await openOffice(world)
  const [elena, anna] = [await office.member('Елена'), await office.member('Анна')]
  const now = world.clock.now()
  const add = (staff: typeof elena, territory: string | null) =>
    office.does((tx, { region }) => addPlace(tx, { ...food, territory, by: { staff }, region, now }))
  await expect(add(anna, 'leninsky')).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(add(elena, 'oktyabrsky')).rejects.toMatchObject({ code: 'not-allowed' })
  const id = await add(elena, null)
  const by = { staff: elena }
  await office.does((tx, { region }) => changePlace(tx, { id, by, region, now, audience: 'minor' }))
  await office.does((tx) => dropPlace(tx, { id, by, now }))
  await expect(office.does((tx) => dropPlace(tx, { id: missing, by, now }))).rejects.toMatchObject({
    code: 'not-found',
  })
})
