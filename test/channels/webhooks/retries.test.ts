import { describe, expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import { deliveryForCaller, replayForCaller, replayFailed } from '#features/webhooks/deliveries.ts'
import { endpointForCaller, pauseForCaller, resumeForCaller } from '#features/webhooks/endpoints.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'
import { jobStates } from '#test/support/rows.ts'
import { verifySent } from '#test/support/verify.ts'
import { openWebhooks, sealer, type Webhooks } from '#test/support/webhooks.ts'

const [second, minute, hour] = [1000, 60_000, 3_600_000]
const gaps = [5 * second, 55 * second, 4 * minute, 25 * minute, 1.5 * hour, 3 * hour, 5 * hour, 14 * hour]

const tell = (world: Webhooks) =>
  world.database.transaction((tx) =>
    announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null }),
  )

/** The delivery's state, polled until it is as expected. */
const until = (world: Webhooks, state: object) =>
  expect.poll(async () => (await world.deliveries())[0], { timeout: 30_000 }).toMatchObject(state)

const refuse: Receiver['answer'] = (response) => response.writeHead(500).end('out of order')

const open = async () => {
  const world = await openWebhooks({ random: () => 0.5 })
  const receiver = await openReceiver()
  const endpoint = await world.endpoint(receiver.url)
  const own = () => endpointForCaller(world.database, endpoint.caller, endpoint.id)
  const of = { caller: endpoint.caller, endpointId: endpoint.id }
  return { world, receiver, endpoint, own, of }
}

describe('a receiver that answers 500', () => {
  test('is tried nine times over a day with one id; then the event is a dead letter that can be replayed', async () => {
    const { world, receiver, endpoint, of } = await open()
    receiver.answer = refuse
    const begun = world.clock.now()
    await tell(world)
    for (const [n, gap] of gaps.entries()) {
      await until(world, { status: 'pending', attempts: n + 1 })
      await world.pass(gap + 100)
    }
    await until(world, { status: 'failed', attempts: 9, nextAt: null })
    const [delivery] = await world.deliveries()
    const found = await deliveryForCaller(world.database, sealer, { ...of, deliveryId: delivery?.id ?? '' })
    expect(found.tries.map(({ status, error, response }) => ({ status, error, response }))).toEqual(
      Array(9).fill({ status: 500, error: null, response: 'out of order' }),
    )
    const hours = found.tries.map(({ at }) => (at.getTime() - begun.getTime()) / hour)
    for (const [n, aim] of [0, 5 / 3600, 1 / 60, 1 / 12, 0.5, 2, 5, 10, 24].entries())
      expect(hours[n]).toBeCloseTo(aim, 1)

    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([found.eventId]),
    )
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(9)
    for (const message of receiver.received) verifySent(endpoint.secret, message)

    receiver.answer = (response) => response.writeHead(200).end('thank you')
    const now = world.clock.now()
    await world.database.transaction((tx) =>
      replayForCaller(tx, world.jobs, { ...of, deliveryId: found.id, now }),
    )
    await until(world, { status: 'delivered', attempts: 1 })
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(found.eventId)
    const after = await deliveryForCaller(world.database, sealer, { ...of, deliveryId: found.id })
    expect(after.tries).toHaveLength(10)
    expect(after.tries.at(-1)).toMatchObject({ status: 200, response: 'thank you' })
  })

  test('is not called before its Retry-After', async () => {
    const { world, receiver } = await open()
    receiver.answer = (response) => response.writeHead(503, { 'retry-after': '3600' }).end()
    const begun = world.clock.now().getTime()
    await tell(world)
    await until(world, { status: 'pending', attempts: 1 })
    const [waiting] = await world.deliveries()
    expect(((waiting?.nextAt?.getTime() ?? 0) - begun) / hour).toBeCloseTo(1, 1)
    await world.pass(30 * minute)
    await expect
      .poll(() => jobStates(world.database, 'webhook-delivery'))
      .toEqual(['completed', 'completed', 'created'])
    expect(receiver.received).toHaveLength(1)
    receiver.answer = (response) => response.writeHead(204).end()
    await world.pass(31 * minute)
    await until(world, { status: 'delivered' })
  })

  test('for five days is paused, and supervisors are notified once', async () => {
    const { world, receiver, own } = await open()
    receiver.answer = refuse
    await tell(world)
    await until(world, { attempts: 1 })
    await expect.poll(async () => (await own()).failingSince).not.toBeNull()
    await world.pass(5 * 24 * hour - 2 * hour)
    await until(world, { attempts: 2 })
    expect(await own()).toMatchObject({ status: 'active' })
    await world.pass(2 * hour + minute)
    await until(world, { attempts: 3 })
    await expect.poll(own).toMatchObject({ status: 'paused', pausedFor: 'failing' })
    expect(await jobStates(world.database, 'staff-alert')).toEqual(['created'])
    // Its next attempt finds it paused.
    await world.pass(5 * minute)
    await until(world, { status: 'held' })
    expect(receiver.received).toHaveLength(3)
  })

  test('is not paused after five days without events, but after further hours of failures', async () => {
    const { world, receiver, own } = await open()
    receiver.answer = refuse
    await tell(world)
    await until(world, { attempts: 1 })
    await expect.poll(async () => (await own()).failingSince).not.toBeNull()
    await world.database.prisma.webhookDelivery.updateMany({ data: { status: 'failed', attempts: 9 } })
    await world.pass(6 * 24 * hour)
    await tell(world)
    const second = async () => (await world.deliveries())[1]
    for (const [n, gap] of gaps.slice(0, 5).entries()) {
      await expect.poll(second, { timeout: 30_000 }).toMatchObject({ status: 'pending', attempts: n + 1 })
      expect(await own()).toMatchObject({ status: 'active' })
      await world.pass(gap + 100)
    }
    await expect.poll(second, { timeout: 30_000 }).toMatchObject({ attempts: 6 })
    await expect.poll(own).toMatchObject({ status: 'paused', pausedFor: 'failing' })
  })

  test('and then succeeds once, gets another five days', async () => {
    const { world, receiver, own } = await open()
    receiver.answer = refuse
    await tell(world)
    await until(world, { attempts: 1 })
    receiver.answer = (response) => response.writeHead(204).end()
    await world.pass(4 * 24 * hour)
    await until(world, { status: 'delivered', attempts: 2 })
    await expect.poll(async () => (await own()).failingSince).toBeNull()
    expect(await own()).toMatchObject({ status: 'active', pausedFor: null })
  })
})

describe('a receiver that answers 410', () => {
  test('is paused at once; its events are held and delivered when it is resumed', async () => {
    const { world, receiver, endpoint, own } = await open()
    receiver.answer = (response) => response.writeHead(410).end()
    await tell(world)
    await expect.poll(own).toMatchObject({ status: 'paused', pausedFor: 'gone' })
    expect(await jobStates(world.database, 'staff-alert')).toEqual(['created'])
    await tell(world)
    await world.pass(6 * second)
    await expect
      .poll(async () => (await world.deliveries()).map(({ status }) => status))
      .toEqual(['held', 'held'])
    expect(receiver.received).toHaveLength(1)

    receiver.answer = (response) => response.writeHead(204).end()
    const now = world.clock.now()
    await world.database.transaction((tx) => resumeForCaller(tx, world.jobs, { ...endpoint, now }))
    await expect
      .poll(async () => (await world.deliveries()).map(({ status, attempts }) => ({ status, attempts })))
      .toEqual(Array(2).fill({ status: 'delivered', attempts: 1 }))
    expect(await own()).toMatchObject({ status: 'active', pausedFor: null, failingSince: null })
  })
})

describe('failed deliveries', () => {
  test('since a given time are replayed together; they wait while the endpoint is paused', async () => {
    const { world, receiver, endpoint, of } = await open()
    const early = world.clock.now()
    for (let n = 0; n < 130; n += 1) await tell(world)
    await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(130)
    await expect
      .poll(async () => (await world.deliveries()).every(({ status }) => status === 'delivered'), {
        timeout: 30_000,
      })
      .toBe(true)
    await world.database.prisma.webhookDelivery.updateMany({ data: { status: 'failed', attempts: 9 } })
    const since = (moment: Date) =>
      world.database.transaction((tx) => replayFailed(tx, world.jobs, { ...of, since: moment }))
    expect(await since(new Date(world.clock.now().getTime() + hour))).toBe(0)

    await world.database.transaction((tx) => pauseForCaller(tx, { ...endpoint, now: world.clock.now() }))
    expect(await since(early)).toBe(130)
    await expect.poll(() => jobStates(world.database, 'webhook-release')).toEqual(['completed'])
    expect(receiver.received).toHaveLength(130)
    await world.database.transaction((tx) =>
      resumeForCaller(tx, world.jobs, { ...endpoint, now: world.clock.now() }),
    )
    await expect.poll(() => receiver.received.length, { timeout: 30_000 }).toBe(260)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(130)
  })
})

test('an endpoint is not paused for five days of failures interrupted by a success, whatever the flag says', async () => {
  const { world, receiver, endpoint, own } = await open()
  const begun = world.clock.now()
  await tell(world)
  await until(world, { status: 'delivered' })
  // The state that two instances may leave if one writes its older failure last.
  const failingSince = new Date(begun.getTime() - second)
  await world.database.prisma.webhookEndpoint.update({ where: { id: endpoint.id }, data: { failingSince } })
  receiver.answer = refuse
  world.clock.forward(5 * 24 * hour)
  await tell(world)
  await expect.poll(() => receiver.received.length).toBe(2)
  await expect.poll(own).toMatchObject({ status: 'active', failingSince: null })
})
