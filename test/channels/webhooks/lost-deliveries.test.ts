import { expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import {
  releaseHeldDeliveries,
  replayForCaller,
  requeueLostDeliveries,
} from '#features/webhooks/deliveries.ts'
import { pauseForCaller, resumeForCaller } from '#features/webhooks/endpoints.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWebhooks, type Webhooks } from '#test/support/webhooks.ts'

const queue = 'webhook-delivery'

const tell = (world: Webhooks, tx: Tx) =>
  announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null })

/** Events due eleven minutes ago; the jobs of the first ones are lost. */
const due = (world: Webhooks, { lost, kept = 0 }: { lost: number; kept?: number }) =>
  world.database.transaction(async (tx) => {
    for (let n = 0; n < lost; n += 1) await tell(world, tx)
    await tx.$executeRaw`DELETE FROM pgboss.job WHERE name = ${queue}`
    for (let n = 0; n < kept; n += 1) await tell(world, tx)
    const nextAt = new Date(world.clock.now().getTime() - 11 * 60_000)
    await tx.webhookDelivery.updateMany({ data: { nextAt } })
  })

test('an overdue delivery without a job is found within a minute and delivered', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  await world.endpoint(receiver.url)
  await due(world, { lost: 2 })
  expect(await jobStates(world.database, queue)).toEqual([])
  await world.database.transaction((tx) => world.jobs.enqueue(tx, 'minute-sweeps', {}))
  await expect.poll(() => receiver.received.length).toBe(2)
  await expect
    .poll(async () => (await world.deliveries()).map(({ status }) => status))
    .toEqual(['delivered', 'delivered'])
  expect(world.lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ msg: 'webhook.swept', deliveries: 2 }),
  )
  // One comes each minute by itself, too.
  const ofMinutes = () =>
    world.database.prisma.$queryRaw`
      SELECT 1 FROM pgboss.job WHERE name = 'minute-sweeps' AND singleton_key ~ '^[0-9]+$'`
  await expect.poll(ofMinutes).not.toEqual([])
})

test('deliveries that are queued or only just due are not considered lost', async () => {
  const world = await openWebhooks({ idle: true })
  await world.endpoint('http://127.0.0.1:1/')
  await due(world, { lost: 1, kept: 2 })
  await world.database.transaction((tx) => tell(world, tx))
  const sweep = () =>
    world.database.transaction((tx) => requeueLostDeliveries(tx, world.jobs, { now: world.clock.now() }))
  expect(await sweep()).toBe(1)
  expect(await jobStates(world.database, queue)).toHaveLength(4)
  expect(await sweep()).toBe(0)
  await world.database.prisma.$executeRaw`UPDATE pgboss.job SET state = 'active' WHERE name = ${queue}`
  expect(await sweep()).toBe(0)
  await world.database.prisma.$executeRaw`UPDATE pgboss.job SET state = 'failed' WHERE name = ${queue}`
  expect(await sweep()).toBe(3)
})

test('replaying a lost delivery queues it, once', async () => {
  const world = await openWebhooks({ idle: true })
  const { id, caller } = await world.endpoint('http://127.0.0.1:1/')
  await due(world, { lost: 2 })
  const [first] = await world.deliveries()
  const again = () =>
    world.database.transaction((tx) =>
      replayForCaller(tx, world.jobs, {
        caller,
        endpointId: id,
        deliveryId: first?.id ?? '',
        now: world.clock.now(),
      }),
    )
  expect(await again()).toMatchObject({ status: 'pending' })
  expect(await again()).toMatchObject({ status: 'pending' })
  const jobs = await world.database.prisma.$queryRaw`SELECT data FROM pgboss.job WHERE name = ${queue}`
  expect(jobs).toEqual([{ data: { deliveryId: first?.id } }])
})

test('a release that has lost its job stops and leaves the rest to the current one', async () => {
  const world = await openWebhooks({ idle: true })
  const { database, jobs, clock } = world
  const endpoint = await world.endpoint('http://127.0.0.1:1/')
  await database.transaction((tx) => pauseForCaller(tx, { ...endpoint, now: clock.now() }))
  await database.transaction(async (tx) => {
    for (let n = 0; n < 150; n += 1) await tell(world, tx)
  })
  await database.transaction((tx) => resumeForCaller(tx, jobs, { ...endpoint, now: clock.now() }))
  const stop = new AbortController()
  const enqueue: Enqueue = (...job) => {
    stop.abort()
    return jobs.enqueue(...job)
  }
  const release = (signal: AbortSignal) =>
    releaseHeldDeliveries(database, { enqueue }, { endpointId: endpoint.id, clock, signal })
  const held = async () => (await world.deliveries()).filter(({ status }) => status === 'held').length
  await expect(release(stop.signal)).rejects.toThrow()
  expect(await held()).toBe(50)
  await release(new AbortController().signal)
  expect(await held()).toBe(0)
})
