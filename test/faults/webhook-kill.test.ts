import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { effort } from '#test/support/effort.ts'
import { createLog } from '#core/log.ts'
import { announce } from '#features/webhooks/announce.ts'
import { createJobs } from '#queue/boss.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import type { Chat } from '../support/chat.ts'
import type { Instance } from '../support/instances.ts'
import { listenTo } from '../support/listening.ts'
import { type Outside, onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { bundledScript } from '../support/product-process.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { verifySent } from '../support/verify.ts'

/** How often the process dies: at least once at each of the three moments. */
const kills = effort('KILLS', { check: 3, full: 25 })
const script = await bundledScript(new URL('../support/loopback-instance.ts', import.meta.url).pathname)

/** Resolves at the very commit of an event: the database tells this test together with the workers. */
const commits = async (world: Outside): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: world.databaseUrl })
  await client.connect()
  onTestFinished(() => client.end())
  const { rows } = await client.query<{ channel: string }>(
    `SELECT 'pgboss_' || left(encode(sha224('pgboss'), 'hex'), 24) AS channel`,
  )
  await client.query(`LISTEN "${rows[0]?.channel}"`)
  return () =>
    new Promise((resolve) => {
      const hear = ({ payload }: pg.Notification) => {
        if (payload !== 'webhook-delivery') return
        client.off('notification', hear)
        resolve()
      }
      client.on('notification', hear)
    })
}

/** Dies at a commit, before the delivery; while the receiver thinks; or when it has just answered. */
const killAt = async (
  round: number,
  {
    instance,
    receiver,
    committed,
  }: { instance: Instance; receiver: Receiver; committed: () => Promise<void> },
): Promise<string> => {
  const moment = (['at the commit', 'amid a delivery', 'after a delivery'] as const)[round % 3]
  if (moment === 'at the commit') {
    await committed()
    await instance.kill()
    return moment
  }
  await new Promise<void>((resolve) => {
    receiver.answer = (response) => {
      receiver.answer = (next) => next.writeHead(204).end()
      if (moment === 'after a delivery') response.writeHead(204).end(() => resolve(instance.kill()))
      else resolve(instance.kill())
    }
  })
  return moment ?? ''
}

/** Somebody whose bot is away for longer than a phone waits, for it dies again and again, and who begins where they were. */
const submitStubbornly = async (chat: Chat): Promise<string> => {
  for (;;) {
    try {
      return await submitPatiently(chat)
    } catch (error) {
      if (!String(error).includes('Not idle')) throw error
    }
  }
}

describe.runIf(onServer)('kill -9 between the commit and the delivery', () => {
  test(
    'every event arrives, under one id, and none of what was rolled back',
    async () => {
      const world = await openOutside({ mode: 'webhook', script })
      const dead = await missHeartbeatsSoon(world.database)
      let instance = await world.start()
      world.board.route = () => (instance.alive() ? instance.port : null)
      await world.staff('Анна', ['leninsky'])
      const receiver = await openReceiver()
      const secret = await listenTo(world, receiver.url)
      const committed = await commits(world)
      const jobs = createJobs(world.database, createLog('silent'))
      await jobs.start()
      onTestFinished(() => jobs.stop())
      const { prisma } = world.database

      let killing = true
      const playing = (async () => {
        for (let people = 0; killing; people += 1)
          await submitStubbornly(world.person({ phone: `+7900${String(1_000_000 + people)}` }))
      })()
      /** Whoever fails has nothing more to be told of: no moment would come any more. */
      const whilePlaying = <T>(moment: Promise<T>) =>
        Promise.race([moment, playing.then(() => Promise.reject(new Error('nobody plays any more')))])
      const undo = () =>
        world.database
          .transaction(async (tx) => {
            await announce(tx, jobs, { type: 'consent.withdrawn', now: world.clock.now(), requestId: null })
            throw new Error('undone')
          })
          .catch((error: Error) => error.message)

      const history: string[] = []
      for (let round = 0; round < kills; round += 1) {
        history.push(await whilePlaying(killAt(round, { instance, receiver, committed })))
        expect(await undo()).toBe('undone')
        await dead.allMissed()
        instance = await world.start()
      }
      killing = false
      await expect(playing, `after the kills: ${history.join(', ')}`).resolves.toBeUndefined()

      // What was under way comes again once the heartbeat of its job is missed, and its lease has ended.
      await expect
        .poll(() => prisma.webhookDelivery.count({ where: { status: { not: 'delivered' } } }), {
          timeout: 90_000,
        })
        .toBe(0)
      const told = await prisma.webhookEvent.findMany()
      const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
      expect(told.filter(({ id }) => !ids.has(id))).toEqual([])
      expect([...ids].filter((id) => !told.some((event) => event.id === id))).toEqual([])
      expect(receiver.events().filter(({ type }) => type === 'consent.withdrawn')).toEqual([])

      // Whatever was committed of requests and consents was told, each thing once.
      const count = (type: string) => told.filter((event) => event.type === type).length
      expect(count('request.submitted')).toBe(await prisma.request.count())
      expect(count('consent.given')).toBe(await prisma.consent.count())
      const bodies = new Map<string, Set<string>>()
      for (const { headers, body } of receiver.received) {
        const id = headers['webhook-id'] ?? ''
        bodies.set(id, (bodies.get(id) ?? new Set()).add(body))
        verifySent(secret, { headers, body })
      }
      expect([...bodies.values()].every((same) => same.size === 1)).toBe(true)
    },
    150_000 + kills * 30_000,
  )
})
