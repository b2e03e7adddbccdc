import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { adultSubmits, after, parentAnswers, upTo } from '#test/support/intake.ts'
import { jobStates } from '#test/support/rows.ts'
import {
  missing,
  openWithRequest,
  problem,
  pushes,
  shown,
  staffIdOf,
  paper,
} from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

test('a claim updates the card and notifies the family; a repeated one has no effect', async () => {
  const { world, key, anna, olga, path } = await openWithRequest({ atOnce: true })
  const staffId = await staffIdOf(world, 'Анна')
  const card = anna.card().message_id
  const claimed = await key.post(`${path}/claim`, { staffId })
  expect(claimed).toMatchObject({
    status: 200,
    body: {
      status: 'claimed',
      assignee: { id: staffId },
      claimedAt: expect.any(String),
      revision: 1,
      history: [{}, {}, { kind: 'claimed', staff: { name: 'Анна' }, apiKeyId: key.keyId }],
    },
  })
  expect(claimed.headers.get('etag')).toBe('"1"')
  expect((await key.get(path)).body).toEqual(claimed.body)
  const nowOf = () => anna.messages().find(({ message_id }) => message_id === card)?.text
  await expect.poll(nowOf).toMatch(/Взято вами/)
  await expect.poll(() => pushes(olga)).toBe(1)
  await olga.play([['/status', /занимается Анна/]])
  expect((await key.post(`${path}/claim`, { staffId })).body).toEqual(claimed.body)
  expect(pushes(olga)).toBe(1)
})

/** Records all webhook events from now on, in order: a paused endpoint holds them. */
const toldOf = async ({ database: { prisma } }: World) => {
  const endpoint = { url: 'https://crm.example/', events: [], territories: [], secrets: 'v1.test.secrets' }
  await prisma.webhookEndpoint.create({ data: { ...endpoint, status: 'paused', pausedFor: 'staff' } })
  return async () => {
    const events = await prisma.webhookEvent.findMany({ orderBy: { sequence: 'asc' } })
    return events.map(({ type, data }) => [type, data])
  }
}

test('another specialist cannot claim a claimed request; assigned to her, it waits for her claim', async () => {
  const { world, key, anna, olga, path } = await openWithRequest({ atOnce: true })
  const vera = await world.staff('Вера', ['leninsky'])
  const [annaId, veraId] = [await staffIdOf(world, 'Анна'), await staffIdOf(world, 'Вера')]
  await key.post(`${path}/claim`, { staffId: annaId })
  expect(await key.post(`${path}/claim`, { staffId: veraId })).toMatchObject(problem('already-claimed', 409))
  const told = await toldOf(world)
  expect(await key.post(`${path}/assign`, { staffId: veraId })).toMatchObject({
    status: 200,
    body: { status: 'submitted', assignee: { name: 'Вера' }, claimedAt: null },
  })
  expect(await told()).toMatchObject([
    ['request.assigned', { staffId: veraId }],
    ['request.passed_on', { staffId: annaId }],
  ])
  await expect.poll(() => vera.allText()).toMatch(/Ждёт специалиста/)
  await expect.poll(() => pushes(olga)).toBeGreaterThan(0)
  await vera.play([['Взять', /Взято вами/]])
  await expect.poll(() => anna.allText()).toMatch(/Взято: Вера/)
  expect(shown(await key.get(path)).history.map(({ kind }) => kind)).toEqual([
    'submitted',
    'assigned',
    'claimed',
    'assigned',
    'claimed',
  ])
})

test('of concurrent claims in the bot and through the API one wins', async () => {
  const { world, key, anna, path } = await openWithRequest({ atOnce: true })
  await world.staff('Вера', ['leninsky'])
  const staffId = await staffIdOf(world, 'Вера')
  const [answer] = await Promise.all([key.post(`${path}/claim`, { staffId }), anna.tap('Взять')])
  const { history, status } = shown(await key.get(path))
  expect(status).toBe('claimed')
  const claims = history.filter(({ kind }) => kind === 'claimed')
  expect(claims).toHaveLength(1)
  expect(claims).toMatchObject([{ staff: { name: answer.status === 200 ? 'Вера' : 'Анна' } }])
  if (answer.status !== 200) expect(answer).toMatchObject(problem('already-claimed', 409))
})

test('a request cannot be assigned to an ineligible member', async () => {
  const { world, path } = await openWithRequest({ atOnce: true })
  await world.staff('Вера', ['oktyabrsky'])
  await world.staff('Глеб', ['leninsky'])
  const [veraId, glebId] = [await staffIdOf(world, 'Вера'), await staffIdOf(world, 'Глеб')]
  await world.database.prisma.staffMember.update({ where: { id: glebId }, data: { active: false } })
  const key = await keyOf(world, { territories: ['leninsky'] })
  for (const staffId of [veraId, glebId, missing]) {
    for (const step of ['claim', 'assign']) {
      expect(await key.post(`${path}/${step}`, { staffId })).toMatchObject(problem('not-eligible', 409))
    }
  }
  expect(shown(await key.get(path))).toMatchObject({ status: 'submitted', revision: 0 })
})

test('passing on assigns another specialist, who sees the reason; the family never does', async () => {
  const { world, key, anna, olga, path } = await openWithRequest({ atOnce: true })
  const staffId = await staffIdOf(world, 'Анна')
  expect(await key.post(`${path}/pass-on`, { reason: 'Отпуск' })).toMatchObject(problem('nobody-else', 409))
  const vera = await world.staff('Вера', ['leninsky'])
  await key.post(`${path}/claim`, { staffId })
  const wrong = { reason: 'Отпуск', staffId: await staffIdOf(world, 'Вера') }
  expect(await key.post(`${path}/pass-on`, wrong)).toMatchObject(problem('not-allowed', 409))
  expect(await key.post(`${path}/pass-on`, { reason: '  Анна в отпуске.\u0000\u202E ' })).toMatchObject({
    status: 200,
    body: { status: 'submitted', assignee: { name: 'Вера' } },
  })
  await expect.poll(() => vera.allText()).toMatch(/Передавали: 1 раз/)
  await anna.settle()
  const details = await key.get(`${path}/details`)
  expect(details.body).toMatchObject({ lines: [{ kind: 'passed-on', staffId, text: 'Анна в отпуске.' }] })
  await olga.play([['/status', /Сейчас: обращение у нас/]])
  expect(olga.allText()).not.toMatch(/отпуск/)
})

test('a message reaches the family, whose reply is in the details; a note stays with staff', async () => {
  const { world, key, olga, path } = await openWithRequest({ atOnce: true })
  const text = 'Ольга, можем встретиться в четверг?'
  expect(await key.post(`${path}/messages`, { text })).toMatchObject(problem('not-allowed', 409))
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  expect(await key.post(`${path}/messages`, { text })).toMatchObject({
    status: 201,
    body: { silent: false },
  })
  expect(await key.post(`${path}/notes`, { text: 'Звонили в школу.' })).toMatchObject({
    status: 200,
    body: { revision: 2 },
  })
  await expect.poll(() => pushes(olga)).toBe(2)
  await olga.play([
    ['Посмотреть', /Анна.*\n.*можем встретиться в четверг/],
    ['Ответить', 'note'],
    [{ words: 'Да, подходит.' }, 'status'],
  ])
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    lines: [
      { kind: 'answer', text },
      { kind: 'staff-note', text: 'Звонили в школу.', staffId: null },
      { kind: 'note', text: 'Да, подходит.' },
    ],
  })
  expect(olga.allText()).not.toMatch(/школу/)
  const { body } = await key.get(path)
  expect(JSON.stringify(body)).not.toMatch(/четверг|школу|подходит/)
})

test('moves through the stages, never back, and is closed with an outcome', async () => {
  const { world, key, anna, olga, path } = await openWithRequest({ atOnce: true })
  const move = (body: object) => key.post(`${path}/transition`, body)
  expect(await move({ to: 'ipss' })).toMatchObject(problem('not-allowed', 409))
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  // An outdated notice is not sent.
  await expect.poll(() => pushes(olga)).toBe(1)
  expect(await move({ to: 'ipss' })).toMatchObject({ status: 200, body: { stage: 'ipss', revision: 2 } })
  await expect.poll(() => pushes(olga)).toBe(2)
  for (const to of ['home-survey', 'no-such-stage']) {
    expect(await move({ to })).toMatchObject(problem('stage-order', 409))
  }
  for (const body of [{ to: 'closed' }, { to: 'contract', outcome: 'refused' }]) {
    expect(await move(body)).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/outcome' }] } })
  }
  expect(await move({ to: 'closed', outcome: 'support-agreed' })).toMatchObject({
    status: 200,
    body: { status: 'closed', stage: 'ipss', revision: 3 },
  })
  expect(shown(await key.get(path)).history.slice(-2)).toMatchObject([
    { kind: 'stage', detail: 'ipss' },
    { kind: 'closed', detail: 'support-agreed' },
  ])
  expect(await move({ to: 'contract' })).toMatchObject(problem('already-closed', 409))
  await expect.poll(() => anna.allText()).toMatch(/Закрыто/)
  await expect.poll(() => pushes(olga)).toBe(3)
})

test('a withdrawal on paper is shown in the bot, notifies staff and ends all work', async () => {
  const { world, key, anna, olga, number, path } = await openWithRequest({ atOnce: true })
  expect(await key.post(`${path}/withdraw`, paper)).toMatchObject({
    status: 200,
    body: { status: 'withdrawn' },
  })
  await expect.poll(() => anna.allText()).toMatch(`Обращение ${number} отозвано`)
  await olga.play([['/status', /Сейчас: отозвано/]])
  const staffId = await staffIdOf(world, 'Анна')
  for (const [step, body] of [
    ['withdraw', paper],
    ['claim', { staffId }],
    ['assign', { staffId }],
    ['pass-on', { reason: 'а' }],
    ['transition', { to: 'ipss' }],
  ] as const) {
    expect(await key.post(`${path}/${step}`, body)).toMatchObject(problem('already-closed', 409))
  }
})

test('if writing is unsafe nothing is sent, and the response says so', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.safeContact'),
    ['Никак, зайду позже', 'question.name'],
    ['Без имени', 'question.supportRequest'],
    ...after(parentAnswers(), 'question.supportRequest'),
    ...adultSubmits,
  ])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const key = await keyOf(world)
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  expect(await key.post(`/requests/${id}/messages`, { text: 'Здравствуйте.' })).toMatchObject({
    status: 201,
    body: { silent: true },
  })
  await expect.poll(() => jobStates(world.database, 'family-notice')).toEqual(['completed', 'completed'])
  expect(pushes(olga)).toBe(0)
  await olga.play([
    ['/status', 'status'],
    ['Переписка', /Здравствуйте/],
  ])
})
