import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { missing, openWithRequest, problem, shown, staffIdOf, paper } from '#test/support/submitted.ts'

test('a request from the bot is listed and returned with its assignee and the reason', async () => {
  const { world, key, number, path } = await openWithRequest()
  const annaId = await staffIdOf(world, 'Анна')
  const listed = await key.get('/requests')
  const item = {
    number,
    kind: 'application',
    applicant: 'parent',
    territory: 'leninsky',
    urgent: false,
    helpKinds: ['psychological'],
    status: 'submitted',
    stage: 'registered',
    representativeConsent: 'not-needed',
    dataSharing: true,
    dueAt: '2026-12-01T20:59:59.999Z',
    assignee: { id: annaId, name: 'Анна', role: 'intake' },
    claimedAt: null,
    escalations: 0,
    revision: 0,
  }
  expect(listed).toMatchObject({ status: 200, body: { items: [item], nextCursor: null } })
  const answer = await key.get(path)
  expect(answer).toMatchObject({
    status: 200,
    body: {
      ...item,
      history: [
        { kind: 'submitted', staff: null, apiKeyId: null, detail: null },
        { kind: 'assigned', staff: { id: annaId, name: 'Анна' } },
      ],
      routing: [{ trigger: 'submitted', staff: { name: 'Анна' }, reason: { by: 'only' } }],
    },
  })
  expect(answer.headers.get('etag')).toBe('"0"')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(shown(answer).routing[0]?.reason.words[0]).toBe('Выбор: Анна')
  const english = await key.get(path, { 'accept-language': 'fr, en-GB;q=0.8, ru;q=0.5' })
  expect(shown(english).routing[0]?.reason.words[0]).toBe('Chosen: Анна')
  for (const { body } of [listed, answer]) {
    expect(JSON.stringify(body)).not.toMatch(/Ольга|\+7900|комнаты/)
  }
})

test('details contain everything that the family wrote, and every access is audited', async () => {
  const { world, key, anna, olga, path } = await openWithRequest()
  await olga.play([
    ['/status', 'status'],
    ['Дописать', 'note'],
    [{ words: 'Лучше после обеда.' }, /Дописано/],
  ])
  expect(await key.get(`${path}/details`)).toMatchObject({
    status: 200,
    body: {
      answers: { applicant: 'parent', children: [2014, 2018], ownWords: 'Сын не выходит из комнаты.' },
      contact: { name: 'Ольга', phone: '+79001112233', safeToCall: 'yes', safeToWrite: 'yes' },
      lines: [{ kind: 'note', staffId: null, text: 'Лучше после обеда.' }],
    },
  })
  const seen = await key.get(`/audit?requestId=${path.split('/').pop()}`)
  const of = { apiKeyId: key.keyId, staffId: null, requestId: path.split('/').pop() }
  expect(seen.body).toMatchObject({
    items: [
      { ...of, action: 'request.contact' },
      { ...of, action: 'request.details' },
    ],
  })
  await anna.settle()

  await key.post(`${path}/withdraw`, paper)
  expect((await key.get(`${path}/details`)).body).toMatchObject({ contact: null })
  const sights = await world.database.prisma.auditEntry.findMany({
    where: { requestId: { not: null } },
    orderBy: { id: 'asc' },
  })
  expect(sights.map(({ action }) => action)).toEqual([
    'request.details',
    'request.contact',
    'request.details',
  ])
})

test('a key of another territory gets the response for an unknown id', async () => {
  const { world, path } = await openWithRequest()
  const stranger = await keyOf(world, { territories: ['oktyabrsky'] })
  const neighbour = await keyOf(world, { territories: ['oktyabrsky', 'leninsky'] })
  const nothing = await stranger.get(`/requests/${missing}`)
  expect(nothing).toMatchObject(problem('not-found', 404))
  expect(nothing.headers.get('cache-control')).toBe('no-store')
  for (const answer of [
    await stranger.get(path),
    await stranger.get('/requests/not-an-id'),
    await stranger.get(`${path}/details`),
    await stranger.post(`${path}/withdraw`, paper),
    await stranger.post(`${path}/notes`, { text: 'а' }),
    await stranger.post(`${path}/messages`, { text: 'а' }),
  ]) {
    expect([answer.status, answer.body]).toEqual([404, nothing.body])
  }
  expect((await stranger.get('/requests')).body).toEqual({ items: [], nextCursor: null })
  expect((await stranger.get('/requests?territory=leninsky')).body).toEqual({ items: [], nextCursor: null })
  expect((await neighbour.get('/requests?territory=leninsky')).body).toMatchObject({ items: [{}] })
  expect(await world.database.prisma.auditEntry.count({ where: { requestId: { not: null } } })).toBe(0)
})

test('a write with a stale revision is rejected', async () => {
  const { key, path } = await openWithRequest()
  const etag = (await key.get(path)).headers.get('etag') ?? ''
  const first = await key.post(`${path}/notes`, { text: 'Первое' }, { 'if-match': etag })
  expect(first.headers.get('etag')).toBe('"1"')
  expect(await key.post(`${path}/notes`, { text: 'Второе' }, { 'if-match': etag })).toMatchObject(
    problem('stale', 412),
  )
  expect(await key.post(`${path}/notes`, { text: 'Третье' }, { 'if-match': '"one"' })).toMatchObject(
    problem('stale', 412),
  )
  expect(await key.post(`${path}/notes`, { text: 'Четвёртое' }, { 'if-match': '*' })).toMatchObject({
    status: 200,
    body: { revision: 2 },
  })
})

test('rejects unknown fields, and texts that are empty, too many or too long', async () => {
  const { key, path } = await openWithRequest()
  const wrong: [string, object, string][] = [
    ['claim', { staffId: missing, colour: 'red' }, '#/colour'],
    ['claim', { staffId: 'Анна' }, '#/staffId'],
    ['assign', {}, '#/staffId'],
    ['pass-on', { reason: 'я'.repeat(301) }, '#/reason'],
    ['notes', { text: ' \n\u200E ' }, '#/text'],
    ['notes', { text: ' \u200B\u2060\n\u3164\uFE0F\u2800' }, '#/text'],
    ['notes', { text: '😀'.repeat(4097) }, '#/text'],
    ['messages', { text: 5 }, '#/text'],
    ['transition', { to: 'ipss', note: 'а' }, '#/note'],
    ['withdraw', { ...paper, why: 'а' }, '#/why'],
  ]
  for (const [step, body, pointer] of wrong) {
    expect(await key.post(`${path}/${step}`, body)).toMatchObject({
      status: 422,
      body: { type: '/api/problems/invalid-input', errors: [{ pointer }] },
    })
  }
  for (const text of ['😀'.repeat(4096), '👨\u200D👩\u200D👧', '\u2764\uFE0F', '.']) {
    const answer = await key.post(`${path}/notes`, { text })
    expect(answer.status).toBe(200)
  }
  const queries = [
    'status=open',
    'territory=',
    'urgent=1',
    'assigneeId=Анна',
    'submittedSince=вчера',
    'order=up',
  ]
  for (const query of queries) {
    expect(await key.get(`/requests?${encodeURI(query)}`)).toMatchObject({
      status: 422,
      body: { errors: [{ parameter: query.split('=')[0] }] },
    })
  }
})
