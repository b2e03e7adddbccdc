import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { addDemoPeople } from '#sandbox/demo-people.ts'
import { events, type Received, receiverViewSchema } from '#sandbox/protocol.ts'
import { openSandboxClock } from '#sandbox/sandbox-clock.ts'
import { createSandbox, type Sandbox } from '#sandbox/server.ts'
import { startSandbox } from '#sandbox/start.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { token } from './play.ts'
import { deliver, type Signed, signed } from './webhooks.ts'

let sandbox: Sandbox
const log = createLog('silent')

const start = async (slowMs = 20_000) => {
  const telegram = createTelegram({ token, clock: systemClock })
  addDemoPeople(telegram)
  sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log, receiver: { slowMs } })
  await sandbox.start()
}
beforeEach(() => start())
afterEach(() => sandbox.stop())

const send = (webhook: Signed, signal?: AbortSignal) => deliver(sandbox.receiver.url, webhook, signal)
const event = (more: Parameters<typeof signed>[1] = {}) => signed(sandbox.receiver.secret, more)
const state = async () => receiverViewSchema.parse(await (await fetch(sandbox.receiver.url)).json())
const last = async (): Promise<Received | undefined> => (await state()).received.at(-1)
const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.receiver.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const setMode = async (mode: string) => expect((await post('/mode', { mode })).status).toBe(200)

describe('the signature', () => {
  test('covers the exact bytes, and the webhook is shown in full', async () => {
    const data = { number: '2026-000001', sequence: 3, requestId: 'r' }
    const webhook = event({ id: 'evt_7', data })
    expect(await send(webhook)).toBe(204)
    expect(await last()).toMatchObject({
      no: 1,
      id: 'evt_7',
      attempt: 1,
      type: 'request.submitted',
      number: '2026-000001',
      sequence: 3,
      signature: 'valid',
      answer: 204,
      body: webhook.body,
      headers: webhook.headers,
    })
    const spaced = signed(sandbox.receiver.secret)
    expect(await send({ ...spaced, body: ` ${spaced.body}` })).toBe(401)
    expect((await last())?.signature).toBe('signature')
  })

  const minutes = 60_000
  const without = (name: string): Signed => {
    const { [name]: _, ...headers } = event().headers
    return { ...event(), headers }
  }
  const wrong: [string, () => Signed, Received['signature']][] = [
    [
      'a flipped byte',
      () => ({ ...event(), body: event().body.replace('submitted', 'submittee') }),
      'signature',
    ],
    ['another secret', () => signed(`whsec_${Buffer.alloc(32, 1).toString('base64')}`), 'signature'],
    [
      'another id',
      () => ({ ...event(), headers: { ...event().headers, 'webhook-id': 'evt_2' } }),
      'signature',
    ],
    ['an old time', () => event({ at: Date.now() - 6 * minutes }), 'time'],
    ['a time ahead', () => event({ at: Date.now() + 6 * minutes }), 'time'],
    ['no time', () => ({ ...event(), headers: { ...event().headers, 'webhook-timestamp': 'now' } }), 'time'],
    ['no id', () => without('webhook-id'), 'missing'],
    ['no timestamp', () => without('webhook-timestamp'), 'missing'],
    ['no signature', () => without('webhook-signature'), 'missing'],
  ]
  test.each(wrong)('is invalid with %s, and the reason is shown', async (_, make, signature) => {
    expect(await send(make())).toBe(401)
    expect(await last()).toMatchObject({ signature, answer: 401 })
  })

  test('one of two is enough during a rotation', async () => {
    const { headers, body } = event()
    const other = signed(`whsec_${Buffer.alloc(32, 1).toString('base64')}`).headers['webhook-signature']
    const both = `${other} ${headers['webhook-signature']}`
    expect(await send({ body, headers: { ...headers, 'webhook-signature': both } })).toBe(204)
  })

  test('a body that is not an event is shown, one too large is refused', async () => {
    const { headers } = event()
    for (const body of ['', '[]', '{', '{"type":5}', '{"type":"x","data":null}'])
      expect(await send({ headers, body })).toBe(401)
    expect((await state()).received.map(({ type }) => type)).toEqual(['', '', '', '', 'x'])
    expect(await send({ headers, body: 'x'.repeat(65 * 1024) })).toBe(413)
    expect((await state()).received.length).toBe(5)
  })
})

describe('the mode switch', () => {
  test('determines the response, and repetitions of an event are counted', async () => {
    await setMode('fail')
    expect(await send(event())).toBe(500)
    await setMode('off')
    expect(await send(event())).toBe('cut')
    await setMode('ok')
    expect(await send(event())).toBe(204)
    expect(await send(event({ id: 'evt_2' }))).toBe(204)
    const { received } = await state()
    expect(received.map(({ id, attempt, answer }) => [id, attempt, answer])).toEqual([
      ['evt_1', 1, 500],
      ['evt_1', 2, 'cut'],
      ['evt_1', 3, 204],
      ['evt_2', 1, 204],
    ])
  })

  test('slow answers eventually', async () => {
    await sandbox.stop()
    await start(30)
    await setMode('slow')
    expect(await send(event())).toBe(204)
    expect(await last()).toMatchObject({ answer: 204 })
  })

  test('slow shows which callers are waiting, and which gave up', async () => {
    await setMode('slow')
    const gone = new AbortController()
    const sent = send(event(), gone.signal)
    await expect.poll(async () => (await last())?.answer).toBe('waiting')
    gone.abort()
    expect(await sent).toBe('cut')
    await expect.poll(async () => (await last())?.answer).toBe('left')
  })

  test('accepts requests of its own page only, and valid modes', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://example.org' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      expect((await post('/mode', { mode: 'off' }, headers)).status).toBe(403)
      expect((await post('/clear', {}, headers)).status).toBe(403)
      expect((await post('', {}, headers)).status).toBe(403)
    }
    expect((await post('/mode', { mode: 'off' }, { origin: new URL(sandbox.url).origin })).status).toBe(200)
    for (const body of [{}, { mode: 'broken' }, []]) expect((await post('/mode', body)).status).toBe(400)
    expect(await state()).toEqual({ mode: 'off', received: [] })
  })
})

test('the newest 200 are kept, and clearing removes them', async () => {
  for (let count = 1; count <= 203; count += 1) await send(event({ id: `evt_${count}` }))
  const { received } = await state()
  expect([received.length, received[0]?.no, received.at(-1)?.no]).toEqual([200, 4, 203])
  await setMode('fail')
  await post('/clear')
  expect(await state()).toEqual({ mode: 'ok', received: [] })
})

test('every page receives webhooks, their responses and the mode', async () => {
  const gone = new AbortController()
  const stream = await fetch(`${sandbox.url}/sandbox/events`, { signal: gone.signal })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const heard = async (name: 'received' | 'receiver', count: number) => {
    const pattern = new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`, 'g')
    while ([...text.matchAll(pattern)].length < count) text += (await reader?.read())?.value ?? ''
    return events[name].parse(JSON.parse([...text.matchAll(pattern)][count - 1]?.[1] ?? ''))
  }
  await setMode('slow')
  expect(await heard('receiver', 1)).toEqual({ mode: 'slow', received: [] })
  const left = new AbortController()
  const sent = send(event(), left.signal)
  expect(await heard('received', 1)).toMatchObject({ no: 1, answer: 'waiting' })
  left.abort()
  await sent
  expect(await heard('received', 2)).toMatchObject({ no: 1, answer: 'left' })
  gone.abort()
})

test('the secret is created once, readable by the owner only, and signatures are judged by the sandbox’s own clock', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const secretOf = async () => {
    const settings = { dataDir, host: '127.0.0.1', port: 0 }
    const clock = await openSandboxClock(systemClock, { dataDir, timeZone: 'Europe/Moscow' })
    await clock.forward(24 * 60 * 60_000)
    const running = await startSandbox(settings, { clock, log, more: () => {} })
    const late = signed(running.receiver.secret, { at: clock.now().getTime() - 6 * 60_000 })
    expect(await deliver(running.receiver.url, late)).toBe(401)
    const now = signed(running.receiver.secret, { at: clock.now().getTime() })
    expect(await deliver(running.receiver.url, now)).toBe(204)
    expect(await deliver(running.receiver.url, signed(running.receiver.secret))).toBe(204)
    await running.stop()
    return running.receiver.secret
  }
  const first = await secretOf()
  expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect((await stat(join(dataDir, 'webhook-secret'))).mode & 0o777).toBe(0o600)
  expect(await secretOf()).toBe(first)
  await rm(dataDir, { recursive: true })
})
