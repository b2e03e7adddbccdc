import { expect, test } from 'vitest'
import { eventScopes, eventTypes, scopeOfEvent } from '#features/webhooks/event-scopes.ts'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { problem } from '#test/support/submitted.ts'
import { planVisit } from '#test/support/visits.ts'

type Page = {
  items: { id: string; type: string; data: Record<string, unknown> }[]
  cursor: string
  more: boolean
}

test('the feed has what a webhook gets, by scope and territory, and waits for it', async () => {
  const family = await openWithFamily({ allowLoopback: true })
  const { world, path, curatorId } = family
  const receiver = await openReceiver()
  expect(await family.key.post('/webhooks', { url: receiver.url })).toMatchObject({ status: 201 })
  const all = await keyOf(world)
  const blind = await keyOf(world, { scopes: ['events:read'] })
  const near = await keyOf(world, { scopes: ['events:read', 'visits:read'], territories: ['oktyabrsky'] })
  const read = async (key: typeof all, query = '') => (await key.get(`/events${query}`)).body as Page
  const [start, dark, far] = [await read(all), await read(blind), await read(near)]
  expect(start.more).toBe(false)

  // A call that waits is answered as soon as there is something.
  const waiting = read(all, `?after=${start.cursor}&wait=25`)
  const body = { staffId: curatorId, startsAt: '2026-12-03T09:00:00Z', minutes: 30, purpose: 'regular' }
  expect(await family.key.post(`${path}/visits`, { ...body, audience: 'family' })).toMatchObject({
    status: 201,
  })
  const page = await waiting
  await expect.poll(() => receiver.events().map(({ type }) => type)).toContain('visit.created')
  const sent = receiver.events().find(({ type }) => type === 'visit.created')
  const found = page.items.find(({ type }) => type === 'visit.created')
  const { id: _, ...payload } = found ?? { id: '' }
  expect(payload).toEqual(sent)
  expect(await read(all, `?after=${page.cursor}`)).toMatchObject({ items: [], more: false })

  // Others hear nothing, and their cursor goes on all the same.
  expect((await read(blind, `?after=${dark.cursor}`)).items).toEqual([])
  expect((await read(near, `?after=${far.cursor}`)).items).toEqual([])

  // One at a time gives the same.
  const [first] = (await read(all)).items
  const one = await read(all, '?limit=1')
  expect(one.items).toEqual([first])

  // A cursor belongs to its key; what is none is refused.
  for (const after of [dark.cursor, 'nonsense', '7'])
    expect(await all.get(`/events?after=${after}`)).toMatchObject({
      ...problem('invalid-input', 422),
      body: { errors: [{ parameter: 'after' }] },
    })
  expect(await all.get('/events?wait=26')).toMatchObject(problem('invalid-input', 422))
  const other = await keyOf(world, { scopes: ['requests:read'] })
  expect(await other.get('/events')).toMatchObject({ status: 403 })

  await world.database.prisma.webhookEvent.deleteMany({ where: { position: 1 } })
  await world.database.prisma.webhookEvent.updateMany({ where: { position: 2 }, data: { position: 900 } })
  expect(await all.get(`/events?after=${one.cursor}`)).toMatchObject({
    status: 410,
    body: { type: '/api/problems/too-old' },
  })
})

test('a key of less scope hears what its scope reads and no more, and its cursor tells nothing of the rest', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  await world.staff('Анна', ['leninsky'])
  const all = await keyOf(world)
  const blind = await keyOf(world, { scopes: ['events:read'] })
  const read = async (key: typeof all) => (await key.get('/events?limit=200')).body as Page
  await read(all)
  await planVisit(family)
  const before = await read(blind)
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Спасибо за помощь' }, /Отправлено/],
  ])
  await submitAsParent(world.person())
  await publish(family.key, family.path, aPlan([anActivity('school')]))

  const everything = (await read(all)).items
  const heard: string[] = []
  const needed = ({ type, data }: Page['items'][number]) =>
    scopeOfEvent(eventTypes.find((one) => one === type) ?? 'audit.head', data)
  for (const scope of new Set(Object.values(eventScopes))) {
    const { items } = await read(await keyOf(world, { scopes: ['events:read', scope] }))
    expect(items.map(needed), scope).toEqual(items.map(() => scope))
    heard.push(...items.map(({ id }) => id))
  }
  expect(new Set(everything.map(needed)).size).toBeGreaterThan(4)
  expect(heard.toSorted()).toEqual(everything.map(({ id }) => id).toSorted())

  const { items, cursor } = await read(blind)
  expect(items).toEqual([])
  expect(cursor).toHaveLength(before.cursor.length)
  for (const { id } of everything)
    expect(cursor + Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain(id)
})
