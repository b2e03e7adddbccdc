import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { fires, readRules, readScrape, type Scrape } from '#test/support/alert-rules.ts'
import { keyOf } from '#test/support/api.ts'
import { damaged } from '#test/support/damaged.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { takeDown } from '#test/support/outage.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWorld, type World } from '#test/support/world.ts'

const token = 'a-token-of-the-tests'
const rules = readRules()
const provoked = new Set<string>()
const minutes = 60_000

/** A scrape as Prometheus makes it, with its own `up`. Answers are shared for a second, so it waits one out. */
const scrape = async (world: World): Promise<Scrape> => {
  await pause(1_050)
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${world.app().url}/metrics`, { headers }).catch(() => null)
  const up = (value: number) => `up{job="ryadom"} ${value}\n`
  return readScrape(answer ? up(1) + (await answer.text()) : up(0))
}

/** What fires because of the deed, and had not before. */
const provoking = async (world: World, deed: () => Promise<unknown>): Promise<string[]> => {
  const before = await scrape(world)
  await deed()
  const after = await scrape(world)
  const names = rules
    .filter((rule) => fires(rule, before, after) && !fires(rule, before, before))
    .map(({ alert }) => alert)
  for (const name of names) provoked.add(name)
  return names
}

const metrics = { token }
const queueOptions = JSON.stringify({
  policy: 'standard',
  retryLimit: 0,
  retryDelay: 0,
  retryBackoff: false,
  expireInSeconds: 60,
  retentionSeconds: 60,
  deleteAfterSeconds: 60,
  warningQueueSize: 0,
})

// Faults that a pool, a queue or a server of one's own has: the embedded database has none of them.
describe.runIf(inject('database') === 'postgres')('each alert fires when what it is about happens', () => {
  test('nothing fires on a quiet centre', async () => {
    const world = await openWorld({ metrics })
    await submitAsParent(world.person())
    const now = await scrape(world)
    expect(rules.filter((rule) => fires(rule, now, now)).map(({ alert }) => alert)).toEqual([])
  })

  test('people who wait', async () => {
    const { world, member } = await openWithFamily({ metrics })
    const olga = await member('parent', 'Ольга')
    await olga.say('муж опять избил меня')
    await submitAsParent(world.person(), 'Да, сейчас')
    const names = await provoking(world, async () => world.clock.forward(3 * 24 * 60 * minutes))
    expect(names).toEqual(['RyadomUrgentWaits', 'RyadomDangerUnread', 'RyadomPromisesLate'])
  })

  test('an update that keeps failing, and calls that Telegram refuses', async () => {
    const noise = ['update.failed', 'update.quarantined', 'telegram', 'jobs.warning', 'job.failed']
    const world = await openWorld({ metrics, mode: 'webhook', noise })
    const anna = await world.staff('Анна', ['leninsky'])
    const number = await submitAsParent(world.person())
    await expect.poll(() => anna.text()).toContain(number)
    const { prisma } = world.database
    expect(
      await provoking(world, async () => {
        const { id, answers } = await prisma.request.findUniqueOrThrow({ where: { number } })
        await prisma.request.update({ where: { id }, data: { answers: damaged(answers) } })
        await anna.tap('Ответы')
      }),
    ).toEqual(['RyadomUpdatesFail', 'RyadomUpdateQuarantined'])
    const vera = world.person()
    const tried = async (times: number, failure: { code: number; retryAfter?: number }) => {
      for (let nth = 0; nth < times; nth += 1) {
        world.telegram.faults.failNext('sendMessage', 1, failure)
        await vera.say('/help')
      }
    }
    expect(await provoking(world, () => tried(6, { code: 502 }))).toEqual(['RyadomTelegramBroken'])
    expect(await provoking(world, () => tried(21, { code: 429, retryAfter: 1 }))).toEqual([
      'RyadomTelegramFloods',
    ])
  })

  test('work that stands, and work that was given up', async () => {
    const world = await openWorld({ metrics })
    const { prisma } = world.database
    expect(
      await provoking(world, async () => {
        await prisma.$executeRaw`SELECT pgboss.create_queue('of-a-newer-version', ${queueOptions}::jsonb)`
        await prisma.$executeRaw`
          INSERT INTO pgboss.job (name, data, start_after) VALUES ('of-a-newer-version', '{}', now() - interval '6 minutes')`
        await prisma.$executeRaw`INSERT INTO pgboss.job (name, data) VALUES ('dead-letters', '{}')`
      }),
    ).toEqual(['RyadomQueueStands', 'RyadomJobGivenUp'])
  })

  test('a system of the centre that does not take its events', async () => {
    const world = await openWorld({ metrics, allowLoopback: true })
    const receiver = await openReceiver()
    const key = await keyOf(world)
    receiver.answer = (response) => response.writeHead(500).end()
    expect((await key.post('/webhooks', { url: receiver.url })).status).toBe(201)
    await submitAsParent(world.person())
    await expect.poll(() => receiver.received.length).toBeGreaterThan(0)
    expect(await provoking(world, async () => world.clock.forward(61 * minutes))).toEqual([
      'RyadomWebhooksBehind',
    ])
    receiver.answer = (response) => response.writeHead(410).end()
    const paused = () => world.database.prisma.webhookEndpoint.count({ where: { status: 'paused' } })
    expect(
      await provoking(world, async () => {
        await submitAsParent(world.person())
        await expect.poll(paused).toBe(1)
      }),
    ).toContain('RyadomWebhookPaused')
  })

  test('a pool that is full, and a process that is busy', async () => {
    const world = await openWorld({ metrics, noise: ['metrics.not-read', 'jobs.due-poll-failed'] })
    const { promise, resolve } = Promise.withResolvers<void>()
    const holding = Array.from({ length: 14 }, () => world.appDatabase.transaction(() => promise))
    const taken = Promise.allSettled(holding)
    const before = await scrape(world)
    resolve()
    await taken
    const after = await scrape(world)
    const full = rules.filter((rule) => fires(rule, before, before) && !fires(rule, after, after))
    expect(full.map(({ alert }) => alert)).toContain('RyadomPoolFull')
    provoked.add('RyadomPoolFull')
    const held = () => {
      const until = performance.now() + 700
      while (performance.now() < until);
    }
    expect(
      await provoking(world, async () => {
        for (const _ of [1, 2, 3, 4]) {
          held()
          await pause(20)
        }
      }),
    ).toEqual(['RyadomLoopHeldUp'])
  })

  test('a database that is away, and an app that is gone', async () => {
    const noise = ['health.down', 'metrics.not-read', 'jobs.due-poll-failed', 'jobs.error', 'jobs.warning']
    const lost = ['database.connection-lost', 'leader-lock.connection-lost', 'leader-lock.not-taken']
    const world = await openWorld({ metrics, noise: [...noise, ...lost] })
    const [url, down] = [world.app().url, await takeDown(world.database)]
    expect(await provoking(world, async () => pause(500))).toEqual([])
    const now = await scrape(world)
    const away = rules.filter((rule) => fires(rule, now, now)).map(({ alert }) => alert)
    expect(away).toEqual(['RyadomDependencyDown'])
    for (const name of away) provoked.add(name)
    await down.bringBack()
    const ready = async () => (await fetch(`${url}/health/ready`)).status
    await expect.poll(ready, { timeout: 20_000 }).toBe(200)
    expect(await provoking(world, () => world.app().stop())).toEqual(['RyadomGone'])
  })

  test('and no rule is left that nothing provoked', () => {
    expect(rules.map(({ alert }) => alert).filter((name) => !provoked.has(name))).toEqual([])
  })
})
