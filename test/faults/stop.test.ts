import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { effort } from '../support/effort.ts'
import { withFile } from '../support/ending.ts'
import type { Instance } from '../support/instances.ts'
import { onServer, openOutside, type Outside, sealer, webhookSecret } from '../support/outside.ts'
import { expectOneRequest, expectTruth, submitPatiently } from '../support/patient.ts'

/** How often it is stopped in each way of receiving. */
const stops = effort('STOPS', { check: 1, full: 2 })
const longestStopMs = 10_000

describe.runIf(onServer)('SIGTERM', () => {
  const ending = withFile()
  const worlds = new Map<string, { world: Outside; instance: Instance }>()
  const openIn = async (mode: 'webhook' | 'polling') => {
    const world = await openOutside({ mode, ending })
    const opened = { world, instance: await world.start() }
    world.board.route = () => (opened.instance.alive() ? opened.instance.port : null)
    worlds.set(mode, opened)
    return opened
  }

  test.each(['webhook', 'polling'] as const)(
    '(%s) under load: exits with 0 in time and loses nothing',
    async (mode) => {
      const opened = await openIn(mode)
      const { world } = opened
      const people = Array.from({ length: 5 }, (_, n) => world.person({ phone: `+790000000${10 + n}` }))
      const playing = Promise.allSettled(people.map((chat) => submitPatiently(chat)))

      for (let round = 0; round < stops; round += 1) {
        const calls = world.telegram.calls.length
        await expect.poll(() => world.telegram.calls.length, { timeout: 30_000 }).toBeGreaterThan(calls + 15)
        const { code, ms } = await opened.instance.stop()
        expect(code).toBe(0)
        expect(ms).toBeLessThan(longestStopMs)
        await expectTruth(world.database, people)
        opened.instance = await world.start()
      }
      expect((await playing).filter(({ status }) => status === 'rejected')).toEqual([])
      for (const chat of people) await expectOneRequest(world.database, sealer, chat)
      // Work in progress was finished before the stores were closed.
      expect(world.lines.filter((line) => /session.kept-in-memory|update.failed/.test(line))).toEqual([])
    },
    150_000,
  )

  test('a request that never ends does not block the stop', async () => {
    // The last test of an instance that the one before has left.
    const { instance } = worlds.get('webhook') ?? (await openIn('webhook'))
    const headers = { 'content-length': 1000, 'content-type': 'application/json' }
    const half = request({
      port: instance.port,
      method: 'POST',
      path: '/telegram/webhook',
      headers: { ...headers, 'x-telegram-bot-api-secret-token': webhookSecret },
    })
    half.on('error', () => undefined)
    half.write('{"update_id":')
    await expect.poll(() => half.socket?.bytesWritten ?? 0).toBeGreaterThan(0)
    const { code, ms } = await instance.stop()
    expect(code).toBe(0)
    expect(ms).toBeLessThan(longestStopMs)
  }, 120_000)
})
