import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ConnectionLost } from '#sandbox/telegram/errors.ts'
import type { Update } from '#sandbox/telegram/types.ts'
import { play, token } from './play.ts'

const url = 'http://127.0.0.1:9/telegram/webhook'

describe('long polling', () => {
  test('waits for the first update, and a higher offset confirms', async () => {
    const { telegram, person, call } = play()
    const [start] = (await call('getUpdates')).result as Update[]
    expect((await call('getUpdates')).result).toEqual([start])
    const next = (start?.update_id ?? 0) + 1
    const waiting = call('getUpdates', { offset: next, timeout: 30 })
    await sleep(5)
    telegram.sendText(person.id, 'a')
    expect((await waiting).result).toMatchObject([{ update_id: next, message: { text: 'a' } }])
    await expect(telegram.idle(20)).rejects.toThrow(`update ${next} of message:5000001`)
    await call('getUpdates', { offset: next + 1 })
    await telegram.idle(20)
  })

  test('the newer poller ends the older one; a webhook excludes both', async () => {
    const { refusal, call } = play()
    await call('getUpdates', { offset: -1 })
    const first = refusal('getUpdates', { timeout: 30, offset: 2_000_000_000 })
    await sleep(1)
    const second = refusal('getUpdates', { timeout: 30 })
    expect(await first).toContain('Conflict: terminated by other getUpdates request')
    const third = call('setWebhook', { url, secret_token: 's' })
    expect(await second).toContain('terminated by setWebhook request')
    expect((await third).ok).toBe(true)
    expect(await refusal('getUpdates')).toContain("can't use getUpdates method while webhook is active")
    expect((await call('deleteWebhook', { drop_pending_updates: true })).ok).toBe(true)
    expect((await call('getUpdates')).result).toEqual([])
  })

  test('limit, negative offset, allowed updates, gaps in ids, duplicate updates', async () => {
    const { telegram, person, call } = play({ updateIdStep: () => 7, duplicate: true })
    for (const text of ['a', 'b', 'c']) telegram.sendText(person.id, text)
    const ids = async (params: object) =>
      ((await call('getUpdates', { ...params })).result as Update[]).map((update) => update.update_id)
    const [first = 0] = await ids({ limit: 1 })
    expect(await ids({ limit: 1 })).toEqual([first, first])
    expect(await ids({ offset: -2 })).toEqual([14, 14, 21, 21].map((step) => first + step))
    await call('getUpdates', { allowed_updates: ['callback_query'] })
    telegram.sendText(person.id, 'not wanted')
    expect(await ids({ offset: first + 22 })).toEqual([])
  })

  test('a message waits a day, a tap 150 seconds', async () => {
    const { telegram, clock, person, call } = play()
    const answer = telegram.tap(person.id, 1, 'x')
    const count = async () => ((await call('getUpdates')).result as Update[]).length
    expect(await count()).toBe(2)
    clock.forward(151)
    expect(await count()).toBe(1)
    telegram.sweep()
    expect(await answer).toBe('expired')
    clock.forward(24 * 3600)
    expect(await count()).toBe(0)
  })

  test('ends when the client disconnects', async () => {
    const { telegram } = play()
    const gone = new AbortController()
    const poll = telegram.execute(token, 'getUpdates', { timeout: 30, offset: 2_000_000_000 }, gone.signal)
    gone.abort()
    await expect(poll).rejects.toThrow('aborted')
  })
})

describe('webhook', () => {
  type Request = { update: Update; secret: string | undefined }
  const received = (answer: (count: number, update: Update) => Response | Promise<Response>) => {
    const requests: Request[] = []
    const webhookFetch: typeof fetch = async (_, init) => {
      const update: Update = JSON.parse(String(init?.body))
      const secret = new Headers(init?.headers).get('x-telegram-bot-api-secret-token') ?? undefined
      requests.push({ update, secret })
      return answer(requests.length, update)
    }
    return { requests, fetch: webhookFetch }
  }
  const ok = () => new Response(null, { status: 200 })

  test('retries at once, then after 2, 4 … s; the next update waits behind', async () => {
    const times: number[] = []
    const hook = received((count) => {
      times.push(performance.now())
      return count < 5 ? new Response(null, { status: 503 }) : ok()
    })
    const { telegram, person, call } = play({ fetch: hook.fetch, retryScale: 0.01 })
    telegram.sendText(person.id, 'a')
    await call('setWebhook', { url, secret_token: 'secret' })
    await telegram.idle()
    expect(hook.requests.map(({ update }) => ('message' in update ? update.message.text : ''))).toEqual([
      ...Array(5).fill('/start'),
      'a',
    ])
    expect(hook.requests.every(({ secret }) => secret === 'secret')).toBe(true)
    const waits = times.slice(1, 5).map((time, index) => time - (times[index] ?? 0))
    expect(waits[0]).toBeLessThan(15)
    expect(waits[1]).toBeGreaterThanOrEqual(18)
    expect(waits[2]).toBeGreaterThanOrEqual(38)
    expect(waits[3]).toBeGreaterThanOrEqual(78)
    expect(telegram.webhookInfo()).toMatchObject({ lastError: expect.stringContaining('503') })
  })

  test('honours Retry-After, and drops a tap after 150 seconds', async () => {
    const hook = received(() => new Response(null, { status: 429, headers: { 'retry-after': '10' } }))
    const { telegram, clock, person, call } = play({ fetch: hook.fetch, retryScale: 0.001 })
    await call('setWebhook', { url, drop_pending_updates: true })
    telegram.tap(person.id, 1, 'x')
    await sleep(5)
    expect(hook.requests).toHaveLength(1)
    clock.forward(151)
    await telegram.idle()
  })

  test("a person's messages and taps are two queues, another person's is a third", async () => {
    let release = () => {}
    const blocked = new Promise<void>((resolve) => {
      release = resolve
    })
    const hook = received(async (count) => {
      if (count === 1) await blocked
      return ok()
    })
    const { telegram, person, call } = play({ fetch: hook.fetch })
    const other = telegram.addPerson({ firstName: 'Даша', phone: '+79001112244' })
    await call('setWebhook', { url })
    telegram.sendText(person.id, 'waits behind /start')
    telegram.tap(person.id, 1, 'x')
    telegram.start(other.id)
    await sleep(5)
    expect(hook.requests).toHaveLength(3)
    release()
    await telegram.idle()
    expect(hook.requests).toHaveLength(4)
  })

  test('executes the call in the response, and delivers twice if configured', async () => {
    const reply = { method: 'sendMessage', chat_id: 5_000_001, text: 'ok' }
    const hook = received((count) => (count === 1 ? Response.json(reply) : ok()))
    const { telegram, person, call } = play({ fetch: hook.fetch, duplicate: true })
    await call('setWebhook', { url })
    await telegram.idle()
    expect(hook.requests).toHaveLength(2)
    expect(telegram.chat(person.id).map((message) => message.text)).toEqual(['/start', 'ok'])
  })
})

describe('fault injection', () => {
  test('the next calls fail, with or without effect', async () => {
    const { telegram, person, call } = play()
    const send = () => call('sendMessage', { chat_id: person.id, text: 'a' })
    telegram.faults.failNext('sendMessage', 2, { code: 429, retryAfter: 3 })
    telegram.faults.failNext('*', 1, { code: 502, afterApplying: true })
    telegram.faults.failNext('sendMessage', 1, { code: 0, afterApplying: true })
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } })
    expect(await send()).toMatchObject({ error_code: 429 })
    expect(telegram.chat(person.id)).toHaveLength(1)
    expect(await send()).toMatchObject({ error_code: 502 })
    await expect(send()).rejects.toThrow(ConnectionLost)
    expect(telegram.chat(person.id)).toHaveLength(3)
    expect((await send()).ok).toBe(true)
  })

  test('with Telegram down, calls fail and nothing is delivered until it is back', async () => {
    const delivered: string[] = []
    const { telegram, person, call } = play({
      fetch: async (_, init) => {
        delivered.push(String(init?.body))
        return new Response(null, { status: 200 })
      },
    })
    await call('setWebhook', { url, drop_pending_updates: true })
    telegram.faults.down = true
    telegram.sendText(person.id, 'a')
    await expect(call('getMe')).rejects.toThrow(ConnectionLost)
    expect(delivered).toHaveLength(0)
    telegram.faults.down = false
    await telegram.idle()
    expect(delivered).toHaveLength(1)
  })

  test('delayed calls count as being in flight', async () => {
    const { telegram, call } = play()
    await call('getUpdates', { offset: 2_000_000_000 })
    telegram.faults.delay(30)
    const slow = call('getMe')
    await expect(telegram.idle(5)).rejects.toThrow('1 calls')
    await telegram.idle()
    expect((await slow).ok).toBe(true)
  })
})
