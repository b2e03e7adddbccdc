import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRateLimiter } from '#channels/telegram/rate-limiter.ts'
import { createSessions } from '#channels/telegram/sessions.ts'
import { createLog } from '#core/log.ts'
import { long } from '../support/effort.ts'
import { type Ending, withFile } from '../support/ending.ts'
import { adultSubmits, after, parentAnswers, upTo } from '../support/intake.ts'
import { onServer, openOutside, redisUrl, sealer } from '../support/outside.ts'
import { expectOneRequest } from '../support/patient.ts'
import { createWire } from '../support/wire.ts'

/** The product with a wire between it and PostgreSQL, and one between it and Redis. */
const openWired = async (mode: 'polling' | 'webhook', ending: Ending) => {
  const world = await openOutside({ mode, jobs: true, ending })
  const database = await createWire(world.databaseUrl, 5432, ending)
  const redis = await createWire(redisUrl, 6379, ending)
  const instance = await world.start({ DATABASE_URL: database.url, REDIS_URL: redis.url })
  world.board.route = () => instance.port
  const health = async (what: 'live' | 'ready') => {
    const answer = await fetch(`http://127.0.0.1:${instance.port}/health/${what}`)
    const { checks } = (await answer.json()) as { checks?: Record<string, string> }
    return { status: answer.status, ...checks }
  }
  return { ...world, wires: { database, redis }, instance, health }
}

/** One for all tests of a `describe`: each begins when everything is back. */
const useWired = (mode: 'polling' | 'webhook') => {
  const ending = withFile()
  let world: Awaited<ReturnType<typeof openWired>>
  beforeAll(async () => {
    world = await openWired(mode, ending)
  })
  afterEach(async () => {
    for (const wire of Object.values(world.wires)) wire.set('through')
    if (world.instance.alive())
      await expect.poll(() => world.health('ready'), quick).toMatchObject({ status: 200 })
  })
  return () => world
}

const quick = { timeout: 30_000 }
/** A database that refuses is met by polling; by webhooks, too, in `npm run test:long`. */
const waysByWebhook = long ? (['refuse', 'swallow'] as const) : (['swallow'] as const)
const untilChildren = upTo(parentAnswers(), 'question.children')
const rest = [...after(parentAnswers(), 'question.children'), ...adultSubmits]
const afterChildren = rest.slice(1)

/** The outage in the middle of a question, up to the end of the request. */
const untilBack = async (world: Awaited<ReturnType<typeof openWired>>, how: 'refuse' | 'swallow') => {
  const olga = world.person()
  await olga.play(untilChildren)
  expect(await world.health('ready')).toEqual({ status: 200, database: 'ok', telegram: 'ok', keys: 'ok' })
  const failedBefore = failed(world)

  world.wires.database.set(how)
  world.telegram.sendText(olga.id, '2014, 2018')
  await expect
    .poll(() => world.health('ready'), quick)
    .toMatchObject({ status: 503, database: 'down', telegram: 'ok' })
  expect(await world.health('live')).toEqual({ status: 200 })
  await expect.poll(() => failed(world), quick).toBeGreaterThan(failedBefore)

  const card = olga.card()
  const crisis = olga.buttons(card).find(({ text }) => text === 'Срочная помощь')
  void world.telegram.tap(olga.id, card.message_id, crisis?.callback_data ?? '')
  await expect.poll(() => olga.text(), quick).toMatch(/8-800-2000-122/)

  world.wires.database.set('through')
  await olga.settle()
  await expect.poll(() => olga.text(), quick).toMatch(/безопасно связаться/i)
  await olga.play(afterChildren)
  await expectOneRequest(world.database, sealer, olga)
  await expect.poll(() => world.health('ready'), quick).toMatchObject({ status: 200 })
}

const failed = ({ lines }: { lines: readonly string[] }) =>
  lines.filter((line) => line.includes('"msg":"update.failed"')).length

describe.runIf(onServer)('by webhooks', () => {
  const world = useWired('webhook')

  describe('the database is gone for a while', () => {
    test.each(waysByWebhook)(
      '(webhook, %s) the crisis card works, nothing is lost, and all goes on by itself',
      (how) => untilBack(world(), how),
      90_000,
    )
  })

  describe('Redis is gone', () => {
    // First those that need a Redis that has not been away: what was kept in memory meanwhile is not asked of it.
    test('for moments, being slow: the person waits a little, and notices nothing else', async () => {
      const olga = world().person()
      await olga.play(untilChildren)
      world().wires.redis.slow(1_500)
      await olga.play(rest.slice(0, 2))
      world().wires.redis.slow(0)
      await olga.play(rest.slice(2))
      await expectOneRequest(world().database, sealer, olga)
    }, 120_000)

    test('though it takes connections and is silent: the person notices nothing', async () => {
      const olga = world().person()
      await olga.play(untilChildren)
      world().wires.redis.set('swallow')
      await olga.play(rest.slice(0, 1))
    }, 120_000)

    test('in the middle of a question: the person notices nothing, nor when it is back', async () => {
      const olga = world().person()
      await olga.play(untilChildren)
      world().wires.redis.set('refuse')
      await expect
        .poll(() => world().health('ready'), quick)
        .toEqual({ status: 503, database: 'ok', telegram: 'down', keys: 'ok' })
      await olga.play(rest.slice(0, 3))
      world().wires.redis.set('through')
      await expect.poll(() => world().health('ready'), quick).toMatchObject({ status: 200 })
      await olga.play(rest.slice(3))
      await expectOneRequest(world().database, sealer, olga)
    }, 120_000)

    test('before the first consent: what was said so far is still there', async () => {
      const olga = world().person()
      await olga.play(parentAnswers().slice(0, 3))
      world().wires.redis.set('refuse')
      await olga.play(parentAnswers().slice(3, 5))
    }, 120_000)

    test('when the product is told to stop: it does', async () => {
      await world()
        .person()
        .play([['/start', 'home']])
      world().wires.redis.set('refuse')
      await expect.poll(() => world().health('ready'), quick).toMatchObject({ telegram: 'down' })
      const { code, ms } = await world().instance.stop()
      const steps = world().lines.filter((line) => line.includes('"app.stop'))
      expect(code, steps.join('')).toBe(0)
      expect(ms).toBeLessThan(10_000)
    }, 120_000)
  })
})

describe.runIf(onServer)('by polling: the database is gone for a while', () => {
  const world = useWired('polling')

  test(
    '(polling, refuse) the crisis card works, nothing is lost, and all goes on by itself',
    () => untilBack(world(), 'refuse'),
    90_000,
  )
})

test.runIf(onServer)(
  'instances that share a Redis send no more a second together than one does alone',
  async () => {
    const shared = [redisUrl, redisUrl].map((url) => createSessions(url, sealer, createLog('silent')))
    const instances = await Promise.all(shared)
    const turns = instances.map(({ nextTurn }) => createRateLimiter(50, nextTurn))
    const begun = performance.now()
    await Promise.all(Array.from({ length: 10 }, () => turns.map((turn) => turn())).flat())
    expect(performance.now() - begun).toBeGreaterThan(19 * 20 - 5)
    await Promise.all(instances.map((one) => one.close()))
  },
)

test.runIf(onServer)(
  'sessions are closed though Redis has fallen silent',
  async () => {
    const wire = await createWire(redisUrl, 6379)
    const sessions = await createSessions(wire.url, sealer, createLog('silent'))
    expect(sessions.healthy()).toBe(true)
    wire.set('swallow')
    await expect(sessions.close()).resolves.toBeUndefined()
  },
  20_000,
)
