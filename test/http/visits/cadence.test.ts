import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { problem } from '#test/support/submitted.ts'

type Listed = { items: { familyId: string; cadence: { now: { owed: number } } }[]; nextCursor: string | null }

test('what a level asks for, what took place and what is owed; and which families lack visits', async () => {
  const { world, key, path, familyId, another } = await openWithFamily()
  const cadence = async (of = path, by = key) => (await by.get(`${of}/cadence`)).body
  // The help began on Wednesday, 25 November.
  const week = { per: 'week', level: 'crisis', done: 0 }
  expect(await cadence()).toMatchObject({
    cadence: {
      clause: expect.any(String),
      now: { ...week, from: '2026-11-25', until: '2026-11-29' },
      before: null,
      over: 0,
      short: 0,
      scheduled: 0,
    },
  })
  const visit = { purpose: 'regular', startsAt: '2026-12-02T07:00:00Z' }
  const made = await key.post(`${path}/visits`, visit)
  expect(made, JSON.stringify(made.body)).toMatchObject({ status: 201 })

  world.clock.set('2026-12-01T07:00:00Z')
  const running = (await cadence()) as { cadence: { now: { atLeast: number; owed: number }; before: object } }
  expect(running).toMatchObject({
    cadence: {
      now: { ...week, from: '2026-11-30', until: '2026-12-06' },
      before: { ...week, from: '2026-11-25', until: '2026-11-29' },
      ...{ over: 1, short: 1, scheduled: 1 },
    },
  })
  const { atLeast, owed } = running.cadence.now
  expect([atLeast > 0, owed]).toEqual([true, atLeast])
  const list = async (query = '', by = key) => (await by.get(`/cadence${query}`)).body as Listed
  expect(await list()).toMatchObject({
    items: [{ familyId, number: 1, cadence: { short: 1 } }],
    nextCursor: null,
  })
  expect((await list('?show=owed')).items).toMatchObject([{ familyId }])

  // It took place: less is owed, and it is not scheduled any more.
  world.clock.set('2026-12-02T09:00:00Z')
  const visitId = (made.body as { id: string }).id
  expect(await key.post(`${path}/visits/${visitId}/outcome`, { status: 'done' })).toMatchObject({
    status: 200,
  })
  expect(await cadence()).toMatchObject({ cadence: { now: { done: 1, owed: atLeast - 1 }, scheduled: 0 } })

  // Pages by number; a cursor belongs to one list.
  const second = await another()
  const early = await key.post('/families', { territory: 'leninsky', level: 'basic', stage: 'ipss' })
  // Nothing is asked for before the help begins.
  expect(await cadence(`/families/${(early.body as { id: string }).id}`)).toEqual({ cadence: null })
  world.clock.set('2026-12-15T07:00:00Z')
  const first = await list('?limit=1')
  expect(first.items).toMatchObject([{ familyId }])
  const rest = await list(`?limit=1&cursor=${first.nextCursor}`)
  expect(rest.items).toMatchObject([{ familyId: second.split('/')[2] }])
  expect(await key.get(`/cadence?show=owed&cursor=${first.nextCursor}`)).toMatchObject(
    problem('invalid-input', 422),
  )
  expect(await key.get('/cadence?show=all')).toMatchObject(problem('invalid-input', 422))

  // Other territories, a key of less scope, and a family whose support has ended.
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await elsewhere.get(`${path}/cadence`)).toMatchObject({ status: 404 })
  expect(await list('', elsewhere)).toEqual({ items: [], nextCursor: null })
  const less = await keyOf(world, { scopes: ['families:read'] })
  expect(await less.get('/cadence')).toMatchObject({ status: 403 })
  await key.post(`${path}/transition`, { to: 'closed', reason: 'goals-reached' })
  expect((await list()).items.map((one) => one.familyId)).toEqual([second.split('/')[2]])
})
