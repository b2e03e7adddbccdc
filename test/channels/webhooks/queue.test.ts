import { PgBoss } from 'pg-boss'
import { expect, onTestFinished, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import { sendTestEvent } from '#features/webhooks/deliveries.ts'
import { bossOptions } from '#queue/boss-options.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWebhooks, type Webhooks } from '#test/support/webhooks.ts'

const refuse: Receiver['answer'] = (response) => response.writeHead(500).end()
const queue = 'webhook-delivery'

const tell = (world: Webhooks, count: number) =>
  world.database.transaction(async (tx) => {
    for (let n = 0; n < count; n += 1)
      await announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null })
  })

const attempts = (world: Webhooks) => world.database.prisma.webhookAttempt.count()

/** The delay of each job in seconds, oldest first. */
const putOff = async ({ database }: Webhooks): Promise<number[]> => {
  const text = `SELECT round(extract(epoch FROM start_after - created_on))::int AS seconds FROM pgboss.job
    WHERE name = $1 ORDER BY created_on, start_after`
  const rows = await database.sql.query<{ seconds: number }>('put-off', text, [queue])
  return rows.map(({ seconds }) => seconds)
}

test('new deliveries precede hundreds of retries for a refusing endpoint', async () => {
  const world = await openWebhooks({ random: () => 0.5 })
  const [dead, healthy] = [await openReceiver(), await openReceiver()]
  dead.answer = (response) => response.writeHead(503, { 'retry-after': '3600' }).end()
  const caller = await world.caller()
  await world.endpoint(dead.url, { caller, events: ['message.received'] })
  const good = await world.endpoint(healthy.url, { caller, events: ['request.claimed'] })
  const count = world.database.kind === 'embedded' ? 300 : 1000
  for (let done = 0; done < count; done += 100) await tell(world, 100)
  await expect.poll(() => attempts(world), { timeout: 60_000 }).toBe(count)
  await expect
    .poll(async () => (await jobStates(world.database, queue)).filter((state) => state === 'active').length)
    .toBe(0)
  let before = Number.NaN
  healthy.answer = (response) => {
    before = dead.received.length - count
    response.writeHead(204).end()
  }
  world.clock.forward(3_601_000)
  await world.database.transaction(async (tx) => {
    await tx.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE name = ${queue} AND state = 'created'`
    await sendTestEvent(tx, world.jobs, { caller, endpointId: good.id, now: world.clock.now() })
  })
  await expect.poll(() => healthy.received.length, { timeout: 30_000 }).toBe(1)
  // What the four workers may have held by then, with a margin.
  expect(before).toBeLessThan(count / 2)
}, 120_000)

test('a slow failure is retried when due, not when the lease ends', async () => {
  const world = await openWebhooks({ random: () => 0.5 })
  const receiver = await openReceiver()
  const answers: (() => void)[] = []
  receiver.answer = (response, request) => void answers.push(() => refuse(response, request))
  await world.endpoint(receiver.url)
  await tell(world, 1)
  await expect.poll(() => jobStates(world.database, queue)).toEqual(['completed', 'created'])
  expect((await putOff(world)).at(-1)).toBe(5)
  // Too early: the attempt is still running, and no other may start before its lease ends.
  await world.database.prisma
    .$executeRaw`UPDATE pgboss.job SET start_after = created_on WHERE name = ${queue}`
  await expect.poll(() => jobStates(world.database, queue)).toEqual(['completed', 'completed', 'created'])
  expect((await putOff(world)).at(-1)).toBeGreaterThan(10)
  expect(receiver.received).toHaveLength(1)
  answers[0]?.()
  await expect.poll(async () => (await world.deliveries())[0]).toMatchObject({ attempts: 1 })
  await world.pass(5_000)
  await expect.poll(() => receiver.received.length).toBe(2)
  answers[1]?.()
  await expect.poll(async () => (await world.deliveries())[0]).toMatchObject({ attempts: 2 })
})

test('finished jobs are kept for a minute, because there is one for each attempt', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  const { id, caller } = await world.endpoint(receiver.url)
  const given = { caller, endpointId: id, now: world.clock.now() }
  await world.database.transaction((tx) => sendTestEvent(tx, world.jobs, given))
  await expect.poll(() => jobStates(world.database, queue)).toEqual(['completed'])
  const { prisma } = world.database
  await prisma.$executeRaw`UPDATE pgboss.job SET completed_on = now() - interval '61 seconds' WHERE name = ${queue}`
  // As if the last maintenance of the queue were that long ago.
  await prisma.$executeRaw`UPDATE pgboss.queue SET maintain_on = now() - interval '61 seconds'`
  // The product asks for it after a hundred jobs, see queue/upkeep.ts.
  const upkeep = new PgBoss({ ...world.database.boss, ...bossOptions(undefined), max: 1, schedule: false })
  await upkeep.start()
  onTestFinished(() => upkeep.stop({ graceful: false }))
  await upkeep.supervise()
  expect(await jobStates(world.database, queue)).toEqual([])
}, 60_000)
