import { afterEach, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { createLog } from '#core/log.ts'
import { addDemoPeople } from '#sandbox/demo-people.ts'
import {
  events,
  personSchema,
  refusalSchema,
  sentSchema,
  stateSchema,
  tapAnswerSchema,
} from '#sandbox/protocol.ts'
import { createSandbox, type Sandbox } from '#sandbox/server.ts'
import { createTelegram, type Telegram } from '#sandbox/telegram/telegram.ts'
import { caller, movableClock, token } from './play.ts'

let telegram: Telegram
let sandbox: Sandbox
const olga = 5_000_001

beforeEach(async () => {
  telegram = createTelegram({ token, clock: movableClock() })
  addDemoPeople(telegram)
  sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent') })
  await sandbox.start()
})
afterEach(() => sandbox.stop())

const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/sandbox/people${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const upload = (path: string, name: string, bytes: string) => {
  const form = new FormData()
  form.set('file', new File([bytes], name))
  return fetch(`${sandbox.url}/sandbox/people${path}`, { method: 'POST', body: form })
}
const state = async () => stateSchema.parse(await (await fetch(`${sandbox.url}/sandbox/state`)).json())

/** Reads the next matching event from the stream: an earlier one may still be in transit. */
const listen = async <Name extends keyof typeof events>(
  name: Name,
  wanted: (event: z.infer<(typeof events)[Name]>) => boolean = () => true,
) => {
  const gone = new AbortController()
  const response = await fetch(`${sandbox.url}/sandbox/events`, { signal: gone.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  return async (): Promise<z.infer<(typeof events)[Name]>> => {
    let text = ''
    while (true) {
      text += (await reader?.read())?.value ?? ''
      const told = [...text.matchAll(new RegExp(`event: ${name}\\ndata: (.*)\\n\\n`, 'g'))]
      const all = told.map(([, data = '']) => events[name].parse(JSON.parse(data)) as never)
      const found = all.find(wanted)
      if (!found) continue
      gone.abort()
      return found
    }
  }
}

test('the page has its content security policy, and all actions of a person are in the state', async () => {
  const page = await fetch(sandbox.url)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(sentSchema.parse(await (await post(`/${olga}/text`, { text: '/start' })).json())).toEqual({
    messageId: 1,
  })
  await post(`/${olga}/contact`)
  for (const kind of ['sticker', 'voice', 'location'])
    expect((await post(`/${olga}/${kind}`)).status).toBe(200)
  expect((await upload(`/${olga}/document`, 'Справка о доходах.pdf', 'abc')).status).toBe(200)
  expect(await (await upload(`/${olga}/picture`, 'a.png', 'not a picture')).json()).toEqual({
    error: 'not an image',
  })
  const { people, chats } = await state()
  const asking = ['parent', 'teenager']
  const centre = ['intake', 'minors', 'supervisor', 'curator']
  expect(people.map(({ part }) => part)).toEqual([
    ...asking,
    ...centre,
    'supported',
    'supportedTeenager',
    'neighbour',
  ])
  const chat = chats[olga]
  expect(chat).toMatchObject({ started: true, unread: 0 })
  expect(chat?.messages.map(({ from, unread }) => [from, unread])).toEqual(Array(6).fill(['person', true]))
  expect(chat?.messages[1]?.contact).toEqual({ phone: '+79001112233', name: 'Ольга', own: true })
  const document = chat?.messages[5]?.document
  expect(document).toMatchObject({ name: 'Справка о доходах.pdf', size: 3, mime: 'application/pdf' })
  const file = await fetch(`${sandbox.url}/sandbox/files/${document?.fileId}`)
  expect([await file.text(), file.headers.get('content-type')]).toEqual(['abc', 'application/pdf'])
})

test('changes are sent as events: a message, an answer to a tap, a new person', async () => {
  const { send, call } = caller(telegram)
  telegram.start(olga)
  const chat = await listen('chat', ({ chat: { messages } }) => messages.at(-1)?.from === 'bot')
  const { message_id } = await send(olga, '<b>a</b>', {
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'x' }]] },
  })
  expect((await chat()).chat.messages.at(-1)).toMatchObject({
    from: 'bot',
    text: 'a',
    unread: true,
    inlineKeyboard: [[{ text: 'Да', data: 'x' }]],
  })
  const toast = await listen('toast')
  const answered = post(`/${olga}/tap`, { messageId: message_id, data: 'x' })
  await telegram.events.next(() => true, 50).catch(() => undefined)
  const updates: { callback_query?: { id: string } }[] = (await call('getUpdates')).result
  await call('answerCallbackQuery', {
    callback_query_id: updates.at(-1)?.callback_query?.id,
    text: 'Готово',
    show_alert: true,
  })
  expect(await toast()).toEqual({ personId: olga, text: 'Готово', alert: true })
  expect(tapAnswerSchema.parse(await (await answered).json())).toEqual({
    state: 'answered',
    text: 'Готово',
    alert: true,
  })
  const person = await listen('person')
  const added = personSchema.parse(
    await (await post('', { firstName: 'Ира', languageCode: 'en', phone: '+7 900 111-22-66' })).json(),
  )
  expect(await person()).toEqual(added)
  const typing = await listen('typing')
  await call('sendChatAction', { chat_id: olga, action: 'typing' })
  expect(await typing()).toEqual({ personId: olga })
})

test('impossible actions are refused with a message', async () => {
  telegram.start(olga)
  const refusals: [string, object, number][] = [
    ['/404/text', { text: 'a' }, 404],
    [`/${olga}/text`, { text: '' }, 400],
    [`/${olga}/text`, { words: 'a' }, 400],
    [`/${olga}/tap`, { messageId: 99, data: 'x' }, 404],
    [`/${olga}/edit`, { messageId: 99, text: 'x' }, 404],
    [`/${olga}/delete`, { messageId: 99 }, 404],
    [`/${olga}/dance`, {}, 404],
    ['', { firstName: 'a', languageCode: 'russian', phone: '1' }, 400],
  ]
  for (const [path, body, status] of refusals) {
    const answer = await post(path, body)
    expect(answer.status, path).toBe(status)
    refusalSchema.parse(await answer.json())
  }
  await post(`/${olga}/block`, { blocked: true })
  expect((await post(`/${olga}/text`, { text: 'a' })).status).toBe(409)
  await post(`/${olga}/block`, { blocked: false })
  await post(`/${olga}/delete`, { messageId: 1 })
  expect((await state()).chats[olga]?.messages).toEqual([])
})

test('other sites and rebound names are refused', async () => {
  const text = { text: 'a' }
  expect((await post(`/${olga}/text`, text, { origin: 'https://example.org' })).status).toBe(403)
  expect((await post(`/${olga}/text`, text, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await post(`/${olga}/text`, text, { origin: sandbox.url })).status).toBe(200)
  const { hostname, port } = new URL(sandbox.url)
  const { request } = await import('node:http')
  const status = await new Promise((resolve) =>
    request({ hostname, port, path: '/sandbox/state', headers: { host: 'example.org' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).end(),
  )
  expect(status).toBe(403)
})
