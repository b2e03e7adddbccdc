import { describe, expect, inject, test } from 'vitest'
import { deliver } from '#test/support/deliver.ts'
import { startRefused } from '#test/support/instances.ts'
import { openWorld } from '#test/support/world.ts'

const open = async () => {
  const world = await openWorld({ mode: 'webhook', noise: ['webhook.malformed'] })
  const { port } = world.config
  return { ...world, port, address: `http://127.0.0.1:${port}` }
}

const from = { id: 77, is_bot: false }
const chat = { id: 77, type: 'private' }
const message = { message_id: 1, date: 0, chat, from, text: 'привет' }
const update = { update_id: 1, message }

const malformed: [string, unknown][] = [
  ['nothing', ''],
  ['half a JSON', '{"update_id":1,"message":{'],
  ['words', 'update'],
  ['null', 'null'],
  ['a number', '7'],
  ['a string', '"update"'],
  ['an array', [update]],
  ['an empty object', {}],
  ['no update_id', { message }],
  ['an update_id in words', { ...update, update_id: '1' }],
  ['half an update_id', { ...update, update_id: 1.5 }],
  ['an update_id beyond all numbers', { ...update, update_id: 1e300 }],
  ['a message that is a list', { update_id: 1, message: [message] }],
  ['a message that is a text', { update_id: 1, message: 'привет' }],
  ['no chat', { update_id: 1, message: { ...message, chat: undefined } }],
  ['a chat of another kind', { update_id: 1, message: { ...message, chat: { id: 77, type: 'secret' } } }],
  ['a sender without an id', { update_id: 1, message: { ...message, from: { is_bot: false } } }],
  [
    'a sender with an id that is not a number',
    { update_id: 1, message: { ...message, from: { ...from, id: '77; DROP' } } },
  ],
  ['a text that is a number', { update_id: 1, message: { ...message, text: 5 } }],
  ['entities that are none', { update_id: 1, message: { ...message, entities: [{ type: 1 }] } }],
  ['a tap without an id', { update_id: 1, callback_query: { from, data: 'x' } }],
  ['data that is an object', { update_id: 1, callback_query: { id: '1', from, data: {} } }],
  ['a prototype', '{"update_id":1,"__proto__":{"admin":true}}'],
]

describe('the webhook', () => {
  test('rejects anything but updates, and continues', async () => {
    const { port, person, database } = await open()
    for (const [what, body] of malformed) expect([what, await deliver(port, body)]).toEqual([what, 400])
    expect(await database.prisma.failedUpdate.count()).toBe(0)
    await person().play([['/start', 'home']])
  })

  test('accepts updates that it does not use', async () => {
    const { port } = await open()
    for (const more of [
      {},
      { poll: {} },
      { inline_query: { id: '1' } },
      { message: { ...message, from: undefined } },
    ]) {
      expect(await deliver(port, { update_id: 5, ...more })).toBe(200)
    }
    expect(await deliver(port, { update_id: -5 })).toBe(200)
  })

  test('accepts bodies up to 1 MiB', async () => {
    const { port } = await open()
    expect(await deliver(port, { update_id: 5, padding: 'x'.repeat(1_000_000) })).toBe(200)
    expect(await deliver(port, { update_id: 5, padding: 'x'.repeat(1_048_576) })).toBe(413)
  })

  test.each([
    ['no secret', undefined],
    ['an empty one', ''],
    ['a wrong one', 'another-secret-of-the-tests'],
    ['the beginning of the right one', 'a-secret-of-the'],
  ])('(%s) is closed, and does not read what it is sent', async (_, secret) => {
    const { port, address, database, telegram } = await open()
    const headers = { 'x-telegram-bot-api-secret-token': secret ?? '' }
    const calls = telegram.calls.length
    for (const body of [update, '{"half', 'x'.repeat(2_000_000)]) {
      expect(await deliver(port, body, headers)).toBe(401)
    }
    if (secret === undefined) {
      const without = await fetch(`${address}/telegram/webhook`, {
        method: 'POST',
        body: JSON.stringify(update),
      })
      expect(without.status).toBe(401)
    }
    expect(await database.prisma.processedUpdate.count()).toBe(0)
    expect(telegram.calls).toHaveLength(calls)
  })

  test('has no GET route', async () => {
    const { address } = await open()
    for (const path of ['/telegram/webhook', '/', '/telegram', '/telegram/webhook/../../etc/passwd']) {
      expect((await fetch(address + path)).status).toBe(404)
    }
  })
})

describe('health', () => {
  test('needs no key, and reveals only what is up', async () => {
    const { address } = await open()
    const live = await fetch(`${address}/health/live`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }])
    const ready = await fetch(`${address}/health/ready`)
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: 'ok', telegram: 'ok', keys: 'ok' } },
    ])
  })
})

describe.runIf(inject('database') === 'embedded')('a public address without a secret', () => {
  test('prevents the start: the process exits and names the variable', async () => {
    const { code, output } = await startRefused({
      TELEGRAM_BOT_TOKEN: '1000001:aaaaaaaaaaaa',
      PUBLIC_URL: 'https://bot.example.org',
      ORGANISATION_NAME: 'Центр',
      ORGANISATION_ADDRESS: 'г. Ставрополь',
      ORGANISATION_CONTACT: '8-8652-00-00-00',
    })
    expect(code).toBe(1)
    expect(output).toMatch(/^TELEGRAM_WEBHOOK_SECRET is missing/m)
    expect(output).toMatch(/Example: TELEGRAM_WEBHOOK_SECRET=/)
    expect(output).not.toMatch(/aaaaaaaaaaaa|^\s+at /m)
  })
})
