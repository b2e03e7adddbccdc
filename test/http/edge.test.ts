import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { clientOf, keyOf } from '../support/api.ts'
import { missing, problem } from '../support/submitted.ts'
import { openWorld } from '../support/world.ts'

test('unknown routes and guessed keys are rate-limited too', async () => {
  const world = await openWorld({ api: { perMinute: 3 } })
  const url = () => world.app().url
  const friend = await keyOf(world)
  const callers = [
    { caller: friend, path: '/nope', first: 404 },
    { caller: clientOf(url, 'ryadom_wrong'), path: '/nope', first: 401 },
    // From the same address, whose three calls are used up.
    { caller: clientOf(url, undefined), path: '/nope', first: 429 },
    { caller: clientOf(url, 'ryadom_other'), path: '/audit', first: 429 },
    { caller: await keyOf(world), path: '/audit', first: 200 },
  ]
  for (const { caller, path, first } of callers) {
    expect((await caller.get(path)).status).toBe(first)
    await caller.get(path)
    await caller.get(path)
    expect(await caller.get(path)).toMatchObject(problem('too-many-requests', 429))
  }
})

test('an unreadable request gets a problem document that does not repeat it', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  for (const path of [
    '/requests/%E0%A4%A',
    '/requests/%',
    `/requests/${'a'.repeat(200)}`,
    `/${'%'.repeat(20)}`,
  ]) {
    const answer = await key.get(path)
    expect(answer).toMatchObject(problem('unreadable', 400))
    expect(answer.headers.get('content-type')).toMatch('application/problem+json')
    expect(JSON.stringify(answer.body)).not.toMatch(/%|aaa/)
  }
  const elsewhere = await fetch(new URL('/telegram/%E0%A4%A', world.app().url))
  expect([elsewhere.status, await elsewhere.json()]).toEqual([400, { status: 400 }])
})

test('malformed HTTP and too long headers get a problem document', async () => {
  const world = await openWorld()
  const { hostname, port } = new URL(world.app().url)
  for (const words of ['Ольга\r\n\r\n', `GET /api/v1/audit HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`]) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(words)
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('Content-Type: application/problem+json')
    expect(answer).toContain('/api/problems/unreadable')
    expect(answer).not.toContain('aaa')
  }
})

test('a JSON content type without a body is accepted only on routes without a body', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const nothing = { body: '', headers: { 'content-type': 'application/json' } }
  expect(await key.call('DELETE', `/webhooks/${missing}`, nothing)).toMatchObject(problem('not-found', 404))
  expect(await key.call('POST', `/webhooks/${missing}/pause`, nothing)).toMatchObject(
    problem('not-found', 404),
  )
  expect(await key.call('POST', '/webhooks', nothing)).toMatchObject(problem('unreadable', 400))
})

test('only UTF-8 is accepted', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const send = (type: string) =>
    key.call('POST', '/routing/dry-run', {
      body: { territory: 'leninsky' },
      headers: { 'content-type': `application/json${type}` },
    })
  for (const type of ['; charset=windows-1251', ';charset="utf-16"', '; charset=']) {
    expect(await send(type)).toMatchObject(problem('media-type', 415))
  }
  for (const type of ['', '; charset=utf-8', ';charset="UTF-8"']) expect((await send(type)).status).toBe(200)
})

test('a response lists a limited number of errors', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const body = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`colour${index}`, 1]))
  const { status, body: told } = await key.post('/routing/dry-run', { territory: 'leninsky', ...body })
  expect([status, (told as { errors: unknown[] }).errors.length]).toEqual([422, 20])
})

test('a value rejected by a domain rule is named too', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const key = await keyOf(world)
  await world.staff('Анна', ['leninsky'])
  const { id } = await world.database.prisma.staffMember.findFirstOrThrow()
  const past = { from: '2026-11-01T07:00:00Z', until: '2026-11-02T07:00:00Z' }
  const refusals = [
    [await key.post(`/staff/${id}/absences`, past), 'invalid-input', '#/until'],
    [await key.post('/webhooks', { url: 'https://127.0.0.1/' }), 'address-refused', '#/url'],
  ] as const
  for (const [answer, code, pointer] of refusals) {
    expect(answer).toMatchObject({ ...problem(code, 422), body: { errors: [{ pointer }] } })
  }
})
