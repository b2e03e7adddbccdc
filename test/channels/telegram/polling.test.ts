import { randomBytes, randomInt } from 'node:crypto'
import { Api } from 'grammy'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startPolling } from '#channels/telegram/polling.ts'
import type { Receive } from '#channels/telegram/receive.ts'
import { createLog } from '#core/log.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { movableClock, noon } from '#test/support/movable-clock.ts'

type Handled = { name: string; more: boolean; crowded: boolean }

/** Polling from an emulated Telegram, with a handler that takes each update only when the test lets it pass. */
const open = async () => {
  const telegram = createTelegram({
    token: `${randomInt(1_000_000, 2_000_000_000)}:${randomBytes(12).toString('base64url')}`,
    clock: movableClock(noon()),
  })
  const log = createLog('silent')
  const sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log })
  await sandbox.start()
  const handled: Handled[] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const receive: Receive = async ({ message, callback_query: query }, how) => {
    const name = message?.text ?? query?.data ?? ''
    await gates.get(name)?.promise
    handled.push({ name, more: how?.more?.() === true, crowded: how?.crowded === true })
  }
  const lock = { hold: async () => {}, isHeld: () => true, release: async () => {} }
  const start = () => startPolling(new Api(telegram.token, { apiRoot: sandbox.apiRoot }), receive, lock, log)
  const polling = start()
  const stops = [polling.stop]
  onTestFinished(async () => {
    for (const gate of gates.values()) gate.resolve()
    await Promise.all(stops.map((stop) => stop()))
    await sandbox.stop()
  })
  const person = (id: number) => {
    telegram.addPerson({ id, firstName: 'Ольга', phone: '+79001112233', languageCode: 'ru' })
    return {
      says: (text: string) => telegram.sendText(id, text),
      taps: (data: string) => void telegram.tap(id, 1, data),
    }
  }
  return {
    olga: person(1_001),
    petr: person(1_002),
    handled,
    names: () => handled.map(({ name }) => name),
    hold: (name: string) => {
      const gate = Promise.withResolvers<void>()
      gates.set(name, gate)
      return gate.resolve
    },
    unconfirmed: (id: number) => telegram.undelivered(id).size,
    stop: async () => {
      stops.length = 0
      await polling.stop()
    },
    startAgain: () => stops.push(start().stop),
  }
}

const crisis = '-.sos.'
const tonight = ['-.tonight.ru-adult', '-.tonight-topic.ru-adult-hit', '-.tonight-topic.ru-adult-no-food']

describe('while one person’s update is under way', () => {
  test('others are served, and so is that person’s tap for the crisis card; their own inputs keep their order', async () => {
    const { olga, petr, names, hold } = await open()
    const release = hold('slow')
    olga.says('slow')
    olga.says('next')
    petr.says('one')
    await expect.poll(names).toEqual(['one'])
    // Fetched later, while the first is still in hand.
    petr.says('two')
    await expect.poll(names).toEqual(['one', 'two'])
    olga.taps(crisis)
    await expect.poll(names).toEqual(['one', 'two', crisis])
    // What to do tonight passes, too, in the order of the taps.
    for (const data of tonight) olga.taps(data)
    await expect.poll(names).toEqual(['one', 'two', crisis, ...tonight])
    release()
    await expect.poll(names).toEqual(['one', 'two', crisis, ...tonight, 'slow', 'next'])
  })

  test('nothing from it on is confirmed, so a dead process loses nothing', async () => {
    const { olga, petr, names, hold, unconfirmed } = await open()
    petr.says('before')
    await expect.poll(() => unconfirmed(1_002)).toBe(0)
    const release = hold('slow')
    olga.says('slow')
    petr.says('after')
    await expect.poll(names).toEqual(['before', 'after'])
    petr.says('later')
    await expect.poll(names).toContain('later')
    expect([unconfirmed(1_001), unconfirmed(1_002)]).toEqual([1, 2])
    release()
    await expect.poll(() => [unconfirmed(1_001), unconfirmed(1_002)]).toEqual([0, 0])
    expect(names()).toEqual(['before', 'after', 'later', 'slow'])
  })

  test('a stop waits for what is in hand and confirms it; the next start does not get it again', async () => {
    const { olga, names, hold, unconfirmed, stop, startAgain } = await open()
    const release = hold('slow')
    olga.says('slow')
    olga.says('next')
    await expect.poll(() => unconfirmed(1_001)).toBe(2)
    olga.taps(crisis)
    await expect.poll(names).toEqual([crisis])
    const stopped = stop()
    release()
    await stopped
    expect(unconfirmed(1_001)).toBe(0)
    startAgain()
    olga.says('again')
    await expect.poll(names).toEqual([crisis, 'slow', 'next', 'again'])
  })
})

test('of many taps all are handled and the last one shows the card; far too many are refused, and the rest is not', async () => {
  const { olga, petr, handled, names, hold } = await open()
  const release = hold('first')
  olga.taps('first')
  for (let nth = 1; nth <= 90; nth += 1) olga.taps(`tap${nth}`)
  petr.says('one')
  await expect.poll(() => names().includes('one')).toBe(true)
  release()
  await expect.poll(() => handled.length).toBe(92)
  const own = handled.filter(({ name, crowded }) => name !== 'one' && !crowded)
  expect(own.map(({ name }) => name)).toEqual([
    'first',
    ...Array.from({ length: 20 }, (_, n) => `tap${n + 1}`),
  ])
  expect(own.map(({ more }) => more)).toEqual([...Array.from({ length: 20 }, () => true), false])
})
