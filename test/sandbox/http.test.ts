import { fastify } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { serveTelegram } from '#sandbox/telegram/http.ts'
import { fetchFrom } from '#sandbox/telegram/in-process.ts'
import { play, token } from './play.ts'

let stage: ReturnType<typeof play>
let root = ''
let close: () => Promise<unknown>

beforeEach(async () => {
  stage = play()
  const app = fastify({ forceCloseConnections: true })
  serveTelegram(app, stage.telegram)
  root = await app.listen({ port: 0, host: '127.0.0.1' })
  close = () => app.close()
})
afterEach(() => close())

const form = (fields: Record<string, string | File>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}
const markup = { inline_keyboard: [[{ text: 'Да', callback_data: 'x' }]] }
const fields = {
  chat_id: '5000001',
  text: 'a',
  protect_content: 'true',
  reply_markup: JSON.stringify(markup),
}
const json = { 'content-type': 'application/json' }

const ways: [string, string, RequestInit][] = [
  [
    'JSON',
    '',
    {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ...fields, protect_content: true, reply_markup: markup }),
    },
  ],
  ['JSON holding strings', '', { method: 'POST', headers: json, body: JSON.stringify(fields) }],
  ['a form', '', { method: 'POST', body: new URLSearchParams(fields) }],
  ['multipart', '', { method: 'POST', body: form(fields) }],
  ['the address', `?${new URLSearchParams(fields)}`, {}],
]

describe('a call is parsed the same in every encoding', () => {
  test.each(ways)('as %s', async (_, query, init) => {
    const answer = await fetch(`${root}/bot${token}/sendMessage${query}`, init)
    expect(await answer.json()).toMatchObject({
      ok: true,
      result: { chat: { id: 5_000_001 }, text: 'a', has_protected_content: true, reply_markup: markup },
    })
  })
})

const read = async (answer: Promise<Response>) =>
  (await (await answer).json()) as { result: { file_path: string; document: { file_id: string } } }

test('a file is uploaded by attach:// or under its own name, and can be downloaded', async () => {
  const file = new File(['согласие'], 'Согласие полностью.pdf')
  const bodies = [
    form({ chat_id: '5000001', document: 'attach://part1', part1: file }),
    form({ chat_id: '5000001', document: file }),
  ]
  for (const body of bodies) {
    const sent = await read(fetch(`${root}/bot${token}/sendDocument`, { method: 'POST', body }))
    expect(sent.result.document).toMatchObject({ file_name: 'Согласие полностью.pdf', file_size: 16 })
    const { result } = await read(
      fetch(`${root}/bot${token}/getFile?file_id=${sent.result.document.file_id}`),
    )
    expect(await (await fetch(`${root}/file/bot${token}/${result.file_path}`)).text()).toBe('согласие')
    const inProcess = fetchFrom(stage.telegram)
    expect(await (await inProcess(`http://x/file/bot${token}/${result.file_path}`)).text()).toBe('согласие')
  }
  expect((await fetch(`${root}/file/bot${token}/documents/none.pdf`)).status).toBe(404)
  expect((await fetch(`${root}/file/bot1:other/documents/file_1.pdf`)).status).toBe(401)
})

test.each<[string, string, RequestInit, number]>([
  ['no JSON', 'sendMessage', { method: 'POST', headers: json, body: '{' }, 400],
  ['a JSON list', 'sendMessage', { method: 'POST', headers: json, body: '[]' }, 400],
  [
    'broken multipart',
    'sendMessage',
    { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n' },
    400,
  ],
  [
    'an unknown type',
    'sendMessage',
    { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    400,
  ],
  ['no method', '', {}, 404],
])('%s is refused in Telegram’s form', async (_, method, init, status) => {
  const answer = await fetch(`${root}/bot${token}/${method}`, init)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toMatchObject({ ok: false, error_code: status })
})

test('retry_after is also in the header, and an injected failure breaks the connection', async () => {
  const { telegram } = stage
  telegram.faults.failNext('getMe', 1, { code: 429, retryAfter: 7 })
  telegram.faults.failNext('getMe', 1, { code: 0 })
  const first = await fetch(`${root}/bot${token}/getMe`)
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7'])
  await expect(fetch(`${root}/bot${token}/getMe`)).rejects.toThrow('fetch failed')
  telegram.faults.failNext('getMe', 1, { code: 0 })
  await expect(fetchFrom(telegram)(`http://x/bot${token}/getMe`)).rejects.toThrow('fetch failed')
})

test('a poller that disconnects is released', async () => {
  const gone = new AbortController()
  const poll = fetch(`${root}/bot${token}/getUpdates?timeout=30&offset=2000000000`, { signal: gone.signal })
  await new Promise((resolve) => setTimeout(resolve, 30))
  gone.abort()
  await expect(poll).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 30))
  const next = stage.call('getUpdates', { timeout: 1 })
  stage.telegram.sendText(stage.person.id, 'a')
  expect((await next).ok).toBe(true)
})
