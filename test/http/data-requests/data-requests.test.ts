import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { openWithRequest, problem } from '#test/support/submitted.ts'
import { jsonWithoutIds } from '#test/support/texts.ts'
import { openUnsafeFamily } from '#test/support/unsafe-family.ts'
import type { World } from '#test/support/world.ts'

const letter = (about: object, more: object = {}) => ({
  ...{ kind: 'access', source: 'letter', receivedOn: '2026-11-24', asker: 'self', ...about },
  ...{ name: 'Метка Ольга', answerTo: 'Метка почтой', words: 'Метка: что хранится?', ...more },
})
const of = (answer: { body: unknown }) => answer.body as { id: string; number: number }
const etagOf = (answer: { headers: Headers }) => ({ 'if-match': answer.headers.get('etag') ?? '' })
const items = async (key: ApiClient, query = '') =>
  ((await key.get(`/data-requests${query}`)).body as { items: { id: string; overdue: boolean }[] }).items

const fileOf = async (world: World, key: ApiClient, path: string) => {
  const answer = await fetch(new URL(`/api/v1/data-requests/${path}`, world.app().url), {
    headers: { authorization: `Bearer ${key.token}`, 'accept-language': 'ru' },
  })
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('a letter is taken in once, sealed and audited; blocked, answered with its ETag, and printed', async () => {
  const { world, key, path } = await openWithRequest()
  const { prisma } = world.database
  const requestId = path.replace('/requests/', '')
  const once = { 'idempotency-key': 'letter-1' }
  const made = await key.post('/data-requests', letter({ requestId }), once)
  expect(made).toMatchObject({
    status: 201,
    // Ten working days after Tuesday, 24 November.
    body: {
      kind: 'access',
      territory: 'leninsky',
      requestId,
      overdue: false,
      dueAt: '2026-12-08T20:59:59.999Z',
    },
  })
  const { id } = of(made)
  const at = `/data-requests/${id}`
  expect(made.headers.get('location')).toBe(`/api/v1${at}`)
  expect(of(await key.post('/data-requests', letter({ requestId }), once)).id).toBe(id)
  expect(await prisma.dataRequest.count()).toBe(1)
  expect(jsonWithoutIds(await prisma.dataRequest.findMany())).not.toContain('Метка')
  expect(jsonWithoutIds((await key.get('/data-requests')).body)).not.toContain('Метка')

  const first = await key.get(at)
  expect(first.body).toMatchObject({ name: 'Метка Ольга', asker: 'self', words: 'Метка: что хранится?' })
  const blocked = await key.call('PUT', `${at}/restriction`, { headers: etagOf(first) })
  expect(blocked).toMatchObject({ status: 200, body: { restrictedAt: expect.any(String) } })
  expect(await key.delete(`${at}/restriction`, etagOf(first))).toMatchObject(problem('stale', 412))
  expect((await items(key, '?restricted=true')).map((one) => one.id)).toEqual([id])
  const free = await key.delete(`${at}/restriction`, etagOf(blocked))
  expect(free).toMatchObject({ status: 200, body: { restrictedAt: null } })

  expect((await fileOf(world, key, `${id}/answer.pdf`)).status).toBe(404)
  const answer = { outcome: 'refused', answer: 'Не подтверждено, кто просит.' }
  const answered = await key.post(`${at}/answer`, answer, etagOf(free))
  expect(answered).toMatchObject({ status: 200, body: { outcome: 'refused' } })
  expect(await key.post(`${at}/answer`, answer, etagOf(answered))).toMatchObject(
    problem('already-closed', 409),
  )
  const printed = await fileOf(world, key, `${id}/answer.pdf`)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(printed.bytes)), {
    mergePages: true,
  })
  expect(text).toContain('Не подтверждено, кто просит.')

  const audit = await prisma.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
  const [opened, changed] = ['data-requests.opened', 'data-requests.changed']
  expect(audit.map(({ action }) => action)).toEqual([
    ...[changed, opened, changed, changed],
    ...[opened, changed, opened],
  ])
  for (const one of audit) expect(one.apiKeyId).toBe(key.keyId)
})

test('lists stand in the order of terms, by state, kind and lateness; another territory’s are not there', async () => {
  const { world, key, path } = await openWithRequest()
  const requestId = path.replace('/requests/', '')
  const put = async (receivedOn: string, kind: string) =>
    of(await key.post('/data-requests', letter({ requestId }, { receivedOn, kind }))).id
  const [late, old, fresh] = [
    await put('2026-11-02', 'correction'),
    await put('2026-11-20', 'access'),
    await put('2026-11-24', 'access'),
  ]
  expect((await items(key)).map(({ id }) => id)).toEqual([late, old, fresh])
  expect((await items(key, '?overdue=true')).map(({ id }) => id)).toEqual([late])
  expect((await items(key, '?kind=access')).map(({ id }) => id)).toEqual([old, fresh])
  const page = await key.get('/data-requests?limit=2')
  const { nextCursor } = page.body as { nextCursor: string }
  expect((await items(key, `?limit=2&cursor=${nextCursor}`)).map(({ id }) => id)).toEqual([fresh])
  const closed = await key.get(`/data-requests/${old}`)
  await key.post(`/data-requests/${old}/answer`, { outcome: 'done', answer: 'Да' }, etagOf(closed))
  expect((await items(key, '?state=closed')).map(({ id }) => id)).toEqual([old])
  expect((await items(key, '?state=open')).map(({ id }) => id)).toEqual([late, fresh])

  const foreign = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await items(foreign)).toEqual([])
  expect(await foreign.post('/data-requests', letter({ requestId }))).toMatchObject(problem('not-found', 404))
  for (const about of [{}, { requestId, memberId: requestId }])
    expect(await key.post('/data-requests', letter(about))).toMatchObject(problem('invalid-input', 422))
  const later = letter({ requestId }, { receivedOn: '2026-12-24' })
  expect(await key.post('/data-requests', later)).toMatchObject(problem('invalid-input', 422))
})

test('a withdrawal on paper takes effect as the tap would', async () => {
  const { key, path } = await openWithRequest()
  const requestId = path.replace('/requests/', '')
  const made = await key.post('/data-requests', letter({ requestId }, { kind: 'withdrawal' }))
  const at = `/data-requests/${of(made).id}`
  const done = await key.post(`${at}/withdrawal`, undefined, etagOf(made))
  expect(done).toMatchObject({ status: 200, body: { eraseAt: expect.any(String), closedAt: null } })
  expect(await key.get(path)).toMatchObject({ body: { status: 'withdrawn' } })
  const early = await key.post(`${at}/answer`, { outcome: 'done', answer: 'Рано' }, etagOf(done))
  expect(early).toMatchObject(problem('not-allowed', 409))
})

test('a withdrawal on paper: thirty days from the letter, not from whoever carries it out', async () => {
  const { key, world, path } = await openWithRequest()
  const requestId = path.replace('/requests/', '')
  const received = { kind: 'withdrawal', receivedOn: '2026-11-10' }
  const made = await key.post('/data-requests', letter({ requestId }, received))
  world.clock.forward(24 * 60 * 60_000)
  const done = await key.post(`/data-requests/${of(made).id}/withdrawal`, undefined, etagOf(made))
  // Two days before the end of 10 December in Moscow.
  expect(done).toMatchObject({ status: 200, body: { eraseAt: '2026-12-08T20:59:59.999Z' } })
})

test('the matrix of copies on paper: each their own words, a minor’s only if the minor asks', async () => {
  const family = await openUnsafeFamily()
  const { world, key, olga, dasha, misha } = family
  const members = { olga, dasha, misha }
  for (const [name, chat] of Object.entries(members))
    await chat.play([
      ['/messages', 'messages'],
      [{ words: `Слова-${name}` }, /./],
    ])
  const copyFor = async (memberId: string, more: object) => {
    const { id } = of(await key.post('/data-requests', letter({ memberId }, more)))
    const { status, bytes } = await fileOf(world, key, `${id}/copy.json`)
    return { id, status, text: bytes.toString() }
  }
  const cells: Record<string, unknown> = {}
  for (const [name, { memberId }] of Object.entries(members))
    for (const asker of ['self', 'representative']) {
      const { status, text } = await copyFor(memberId, { asker })
      const found = Object.keys(members).filter((one) => text.includes(`Слова-${one}`))
      cells[`${name} ${asker}`] = status === 200 ? found : status
    }
  expect(cells).toEqual({
    'olga self': ['olga'],
    'olga representative': ['olga'],
    'dasha self': ['dasha'],
    'dasha representative': 409,
    'misha self': ['misha'],
    'misha representative': 409,
  })
  expect((await copyFor(olga.memberId, { kind: 'correction' })).status).toBe(409)

  const { id } = await copyFor(olga.memberId, {})
  expect((await fileOf(world, key, `${id}/copy.pdf`)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await key.get(`/data-requests/${id}`)).body).toMatchObject({
    history: [{ kind: 'received' }, { kind: 'copied' }, { kind: 'copied', apiKeyId: key.keyId }],
  })
  const where = { subjectId: id, action: 'data-requests.copied' }
  expect(await world.database.prisma.auditEntry.count({ where })).toBe(2)
  const reader = await keyOf(world, { scopes: ['data:read', 'data:write'] })
  expect((await fileOf(world, reader, `${id}/copy.json`)).status).toBe(403)
})
