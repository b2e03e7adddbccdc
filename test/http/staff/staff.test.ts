import { expect, test } from 'vitest'
import { type ApiAnswer, type ApiClient, keyOf } from '#test/support/api.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld, type World } from '#test/support/world.ts'

const missing = '018f3a5e-0000-7000-8000-000000000000'
const tuesday = '2026-11-24T07:00:00Z'
const vera = { name: 'Вера', role: 'intake', territories: ['leninsky'] }
const any = { 'if-match': '*' }

type Member = { id: string; name: string; territories: string[]; revision: number; open: number }
const member = (answer: ApiAnswer) => answer.body as Member & { absences: { id: string }[] }
const invited = (answer: ApiAnswer) => answer.body as { member: Member; link: string }
const names = (answer: ApiAnswer) => (answer.body as { items: Member[] }).items.map(({ name }) => name)
const problem = (code: string, status: number) => ({
  status,
  body: { type: `/api/problems/${code}`, status },
})
const pointers = (...places: string[]) => ({
  status: 422,
  body: { errors: places.map((pointer) => ({ pointer })) },
})

const idOf = async (key: ApiClient, name: string): Promise<string> => {
  const { items } = (await key.get('/staff')).body as { items: Member[] }
  return items.find((one) => one.name === name)?.id ?? missing
}

const joins = (world: World, link: string) => {
  const chat = world.person({ firstName: 'Вера' })
  return chat.start(new URL(link).searchParams.get('start') ?? '').then(() => chat)
}

test('a member is created, joins by link and is updated by revision; each change is audited', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const added = await key.post('/staff', {
    ...vera,
    languages: ['ru', 'en'],
    capacity: 5,
    dutyHours: { mon: ['09:00', '18:00'], fri: ['22:00', '06:00'] },
  })
  expect(added).toMatchObject({
    status: 201,
    body: {
      member: {
        ...vera,
        active: true,
        joined: false,
        languages: ['ru', 'en'],
        minorsTrained: false,
        capacity: 5,
        dutyHours: { mon: ['09:00', '18:00'], fri: ['22:00', '06:00'] },
        open: 0,
        revision: 0,
      },
    },
  })
  const { link, member: newcomer } = invited(added)
  const path = `/staff/${newcomer.id}`
  expect(added.headers.get('location')).toBe(`/api/v1${path}`)

  const renewed = await key.post(`${path}/link`)
  expect(renewed.status).toBe(201)
  const late = await joins(world, link)
  expect(late.allText()).not.toMatch(/Вера/)
  await joins(world, invited(renewed).link)
  const read = await key.get(path)
  expect(read.body).toMatchObject({ id: newcomer.id, joined: true, absences: [] })
  expect(await key.post(`${path}/link`)).toMatchObject(problem('already-closed', 409))

  expect(await key.patch(path, { capacity: null })).toMatchObject(problem('precondition-required', 428))
  const tag = { 'if-match': read.headers.get('etag') ?? '' }
  const changes = { name: ' Вера\u202e ', capacity: null, dutyHours: null, minorsTrained: true }
  const changed = await key.patch(path, changes, tag)
  expect(changed).toMatchObject({
    status: 200,
    body: { name: 'Вера', capacity: null, dutyHours: null, minorsTrained: true, languages: ['ru', 'en'] },
  })
  expect(changed.headers.get('etag')).not.toBe(tag['if-match'])
  expect(await key.patch(path, { capacity: 1 }, tag)).toMatchObject(problem('stale', 412))
  expect(await key.get(path)).toMatchObject({ body: changed.body })

  const audit = await key.get('/audit?action=staff.changed')
  expect(audit.body).toMatchObject({
    items: Array.from({ length: 3 }, () => ({ apiKeyId: key.keyId, subjectId: newcomer.id })),
  })
})

test('duty hours have several intervals a day, which do not overlap', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const mon = [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ]
  const made = await key.post('/staff', { ...vera, dutyHours: { mon, tue: [['10:00', '15:00']] } })
  // One interval is answered as it always was.
  expect(made).toMatchObject({
    status: 201,
    body: { member: { dutyHours: { mon, tue: ['10:00', '15:00'] } } },
  })
  for (const wrong of [
    { mon: [...mon, ['12:30', '13:30']] },
    { mon: ['09:00', '13:00', '14:00'] },
    { mon: ['09:00', ['14:00', '18:00']] },
    { mon: [['09:00', '09:00']] },
    { mon: ['22:00', '10:00'], tue: ['09:00', '12:00'] },
  ]) {
    const day = Object.keys(wrong).at(-1)
    expect(await key.post('/staff', { ...vera, dutyHours: wrong })).toMatchObject(
      pointers(`#/dutyHours/${day}`),
    )
  }
})

test('reports the place of an invalid value', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const wrong = {
    ...vera,
    role: 'head',
    colour: 'red',
    dutyHours: { mon: ['18:00', '18:00'], fri: ['09.00', '18:00'] },
  }
  const answer = await key.post('/staff', wrong)
  expect(answer.status).toBe(422)
  const { errors } = answer.body as { errors: { pointer: string }[] }
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    '#/colour',
    '#/dutyHours/fri/0',
    '#/dutyHours/mon',
    '#/role',
  ])
  expect(await key.post('/staff', { ...vera, territories: ['leninsky', 'atlantis'] })).toMatchObject(
    pointers('#/territories/1'),
  )
  expect(await key.post('/staff', { ...vera, name: '\u202e' })).toMatchObject(pointers('#/name'))
  expect(names(await key.get('/staff'))).toEqual([])
  const { id } = invited(await key.post('/staff', vera)).member
  const [from, until] = ['2100-01-02T00:00:00Z', '2100-01-01T00:00:00Z']
  expect(await key.post(`/staff/${id}/absences`, { from, until })).toMatchObject(pointers('#/until'))
  expect(await key.post(`/staff/${id}/absences`, { from: '0000-01-01T00:00:00Z', until })).toMatchObject(
    pointers('#/from'),
  )
})

test('members are filtered by role, territory and activity, in pages that new members do not shift', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  for (const [name, role, territory] of [
    ['Анна', 'intake', 'leninsky'],
    ['Борис', 'intake', 'oktyabrsky'],
    ['Вера', 'supervisor', 'leninsky'],
    ['Галина', 'curator', 'leninsky'],
  ]) {
    await key.post('/staff', { name, role, territories: [territory] })
  }
  await key.patch(`/staff/${await idOf(key, 'Анна')}`, { active: false }, any)
  expect(names(await key.get('/staff?role=intake'))).toEqual(['Анна', 'Борис'])
  expect(names(await key.get('/staff?territory=leninsky&active=true'))).toEqual(['Вера', 'Галина'])
  expect(names(await key.get('/staff?active=false'))).toEqual(['Анна'])

  const first = await key.get('/staff?limit=3')
  expect(names(first)).toEqual(['Анна', 'Борис', 'Вера'])
  await key.post('/staff', { ...vera, name: 'Дарья' })
  const { nextCursor } = first.body as { nextCursor: string }
  const second = await key.get(`/staff?limit=3&cursor=${nextCursor}`)
  expect(names(second)).toEqual(['Галина', 'Дарья'])
  expect(second.body).toMatchObject({ nextCursor: null })
})

test('a key of one territory can access members who serve it, and change no other territory', async () => {
  const world = await openWorld()
  const [all, own] = [await keyOf(world), await keyOf(world, { territories: ['leninsky'] })]
  await all.post('/staff', { ...vera, territories: ['leninsky', 'oktyabrsky'] })
  await all.post('/staff', { ...vera, name: 'Борис', territories: ['oktyabrsky'] })
  expect(names(await own.get('/staff'))).toEqual(['Вера'])
  expect(names(await own.get('/staff?territory=oktyabrsky'))).toEqual(['Вера'])

  const hidden = `/staff/${await idOf(all, 'Борис')}`
  const absence = { from: '2100-01-01T00:00:00Z', until: '2100-01-02T00:00:00Z' }
  const nothing = await own.get(`/staff/${missing}`)
  for (const answer of [
    await own.get(hidden),
    await own.patch(hidden, { active: false }, any),
    await own.post(`${hidden}/link`),
    await own.post(`${hidden}/absences`, absence),
  ]) {
    expect(answer).toMatchObject({ status: 404, body: nothing.body })
  }

  const seen = `/staff/${await idOf(all, 'Вера')}`
  const given = { territories: ['leninsky', 'promyshlenny'] }
  expect(await own.patch(seen, given, any)).toMatchObject(pointers('#/territories/1'))
  expect(await own.post('/staff', { ...vera, ...given })).toMatchObject(pointers('#/territories/1'))
  const kept = await own.patch(seen, { territories: ['leninsky'] }, any)
  expect(member(kept).territories.toSorted()).toEqual(['leninsky', 'oktyabrsky'])
})

test('an inactive member loses access at once, and their requests are reassigned', async () => {
  const world = await openWorld({ at: tuesday })
  const key = await keyOf(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Взять')
  const boris = await world.staff('Борис', ['leninsky'])
  const id = await idOf(key, 'Анна')
  await expect.poll(async () => member(await key.get(`/staff/${id}`)).open).toBe(1)

  const answer = await key.patch(`/staff/${id}`, { active: false }, any)
  expect(answer).toMatchObject({ status: 200, body: { active: false } })
  await anna.say('/queue')
  expect(anna.text()).not.toContain(number)
  await expect.poll(() => boris.text()).toContain(number)
  await expect.poll(() => olga.allText()).toMatch(/У вас новое сообщение/)
  expect(await key.get(`/staff/${id}`)).toMatchObject({ body: { active: false, open: 0 } })
})

test('an absence reassigns the requests of a member, and can be ended', async () => {
  const world = await openWorld({ at: tuesday })
  const key = await keyOf(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toContain(number)
  const boris = await world.staff('Борис', ['leninsky'])
  const path = `/staff/${await idOf(key, 'Анна')}`

  const from = world.clock.now().toISOString()
  const away = await key.post(`${path}/absences`, { from, until: '2026-12-01T00:00:00+03:00' })
  expect(away).toMatchObject({ status: 201, body: { from, until: '2026-11-30T21:00:00.000Z' } })
  await expect.poll(() => boris.text()).toContain(number)
  const read = await key.get(path)
  expect(read.body).toMatchObject({ open: 0, absences: [away.body] })

  const [absence] = member(read).absences
  expect(await key.delete(`${path}/absences/${absence?.id}`)).toMatchObject({ status: 204 })
  expect(await key.get(path)).toMatchObject({ body: { absences: [] } })
  expect(await key.delete(`${path}/absences/${absence?.id}`)).toMatchObject(problem('not-found', 404))
})
