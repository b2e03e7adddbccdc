import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import {
  deliveriesForCaller,
  deliveryForCaller,
  replayForCaller,
  replayFailed,
  sendTestEvent,
} from '#features/webhooks/deliveries.ts'
import {
  changeEndpoint,
  endpointForCaller,
  endpointsForCaller,
  pauseForCaller,
  removeForCaller,
  resumeForCaller,
  rotateSecret,
} from '#features/webhooks/endpoints.ts'
import { ensureSandboxEndpoint } from '#features/webhooks/sandbox-endpoint.ts'
import { newWebhookSecret } from '#features/webhooks/signing-secrets.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { openWebhooks, sealer } from '#test/support/webhooks.ts'

const url = 'http://127.0.0.1:1/'
const day = 24 * 3_600_000
const refusal = (code: string) => expect.objectContaining({ code })

describe('an endpoint', () => {
  test('is visible to keys with all of its territories, and not found for others', async () => {
    const world = await openWebhooks({ idle: true })
    const { database: db, jobs } = world
    const now = world.clock.now()
    const [all, lenin, october] = [
      await world.caller(),
      await world.caller(['lenin', 'kochubeevsky']),
      await world.caller(['october']),
    ]
    const everywhere = await world.endpoint(url, { caller: all })
    const own = await world.endpoint(url, { caller: lenin, territories: ['lenin'] })
    const whole = await world.endpoint(url, { caller: lenin })
    expect((await endpointForCaller(db, lenin, whole.id)).territories).toEqual(['lenin', 'kochubeevsky'])
    const visible = async (caller: typeof all) => (await endpointsForCaller(db, caller)).map(({ id }) => id)
    expect(await visible(all)).toEqual([everywhere.id, own.id, whole.id])
    expect(await visible(lenin)).toEqual([own.id, whole.id])
    expect(await visible(october)).toEqual([])

    const of = { caller: october, endpointId: own.id, deliveryId: randomUUID(), now }
    const one = { caller: october, id: own.id, now }
    const wishes = [
      () => endpointForCaller(db, october, own.id),
      () => endpointForCaller(db, lenin, everywhere.id),
      () =>
        db.transaction((tx) => changeEndpoint(tx, { ...one, revision: undefined, changes: { events: [] } })),
      () => db.transaction((tx) => pauseForCaller(tx, one)),
      () => db.transaction((tx) => resumeForCaller(tx, jobs, one)),
      () => db.transaction((tx) => removeForCaller(tx, one)),
      () => db.transaction((tx) => rotateSecret(tx, { sealer }, one)),
      () => db.transaction((tx) => sendTestEvent(tx, jobs, of)),
      () => db.transaction((tx) => replayForCaller(tx, jobs, of)),
      () => db.transaction((tx) => replayFailed(tx, jobs, { ...of, since: now })),
      () => deliveriesForCaller(db, { ...of, limit: 10 }),
      () => deliveryForCaller(db, sealer, of),
      () => endpointForCaller(db, all, randomUUID()),
    ]
    for (const wish of wishes) await expect(wish()).rejects.toEqual(refusal('not-found'))
    expect(await endpointForCaller(db, lenin, own.id)).toMatchObject({ status: 'active', revision: 0 })
  })

  test('receives no events beyond the territories of its key', async () => {
    const world = await openWebhooks({ idle: true })
    const caller = await world.caller(['lenin'])
    const beyond = world.endpoint(url, { caller, territories: ['lenin', 'october'] })
    await expect(beyond).rejects.toEqual(refusal('not-allowed'))
    const { id } = await world.endpoint(url, { caller })
    const change = (territories: string[]) =>
      world.database.transaction((tx) =>
        changeEndpoint(tx, { caller, id, revision: 0, changes: { territories }, now: world.clock.now() }),
      )
    await expect(change(['october'])).rejects.toEqual(refusal('not-allowed'))
    expect((await change([])).territories).toEqual(['lenin'])
  })

  test('is changed with its current revision only; every change is audited', async () => {
    const world = await openWebhooks({ idle: true })
    const { database: db } = world
    const now = world.clock.now()
    const { id, caller } = await world.endpoint(url)
    const change = (revision: number | undefined, changes: Parameters<typeof changeEndpoint>[1]['changes']) =>
      db.transaction((tx) => changeEndpoint(tx, { caller, id, revision, changes, now }))
    const other = await checkAddress('http://127.0.0.1:2/', { allowLoopback: true })
    expect(await change(0, { url: other, events: ['request.claimed', 'request.claimed'] })).toMatchObject({
      url: 'http://127.0.0.1:2/',
      events: ['request.claimed'],
      revision: 1,
    })
    await expect(change(0, { events: [] })).rejects.toEqual(refusal('stale'))
    expect(await change(undefined, { events: [] })).toMatchObject({ events: [], revision: 2 })
    await db.transaction((tx) => pauseForCaller(tx, { caller, id, now }))
    expect(await db.transaction((tx) => pauseForCaller(tx, { caller, id, now }))).toMatchObject({
      status: 'paused',
      pausedFor: 'staff',
      revision: 3,
    })
    await db.transaction((tx) => resumeForCaller(tx, world.jobs, { caller, id, now }))
    await db.transaction((tx) => rotateSecret(tx, { sealer }, { caller, id, now }))
    await db.transaction((tx) => removeForCaller(tx, { caller, id, now }))
    const kept = await db.prisma.auditEntry.findMany({ where: { action: 'webhook.changed' } })
    expect(kept.map(({ apiKeyId, subjectId }) => ({ apiKeyId, subjectId }))).toEqual(
      Array(7).fill({ apiKeyId: caller.keyId, subjectId: id }),
    )
    await expect(endpointForCaller(db, caller, id)).rejects.toEqual(refusal('not-found'))
  })

  test('has an encrypted secret that is never shown again', async () => {
    const world = await openWebhooks({ idle: true })
    const { id, secret, caller } = await world.endpoint(url)
    const [row] = await world.database.prisma.webhookEndpoint.findMany()
    expect(row?.secrets).toMatch(/^v1\./)
    expect(row?.secrets).not.toContain(secret)
    expect(await endpointForCaller(world.database, caller, id)).not.toHaveProperty('secrets')
  })

  test('with a rotated secret gets both signatures, and only the new one after a day', async () => {
    const world = await openWebhooks()
    const receiver = await openReceiver()
    const { id, secret, caller } = await world.endpoint(receiver.url)
    const now = world.clock.now()
    const both = await Promise.all(
      [1, 2].map(() => world.database.transaction((tx) => rotateSecret(tx, { sealer }, { caller, id, now }))),
    )
    const test = () =>
      world.database.transaction((tx) =>
        sendTestEvent(tx, world.jobs, { caller, endpointId: id, now: world.clock.now() }),
      )
    await test()
    await expect.poll(() => receiver.received.length).toBe(1)
    const [first] = receiver.received
    // Two concurrent rotations: none of the three secrets is lost.
    for (const known of [secret, ...both.map((one) => one.secret)])
      expect(new Webhook(known).verify(first?.body ?? '', first?.headers ?? {})).toMatchObject({
        type: 'endpoint.test',
      })
    world.clock.forward(day + 1)
    await test()
    await expect.poll(() => receiver.received.length).toBe(2)
    expect(receiver.received[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })
})

describe('a test event', () => {
  test('reaches only its endpoint, whatever that is subscribed to', async () => {
    const world = await openWebhooks()
    const [receiver, other] = [await openReceiver(), await openReceiver()]
    const { id, caller } = await world.endpoint(receiver.url, { events: ['request.claimed'] })
    await world.endpoint(other.url)
    const now = world.clock.now()
    const sent = await world.database.transaction((tx) =>
      sendTestEvent(tx, world.jobs, { caller, endpointId: id, now }),
    )
    await expect
      .poll(() => receiver.events())
      .toEqual([{ type: 'endpoint.test', timestamp: now.toISOString(), data: {} }])
    await expect
      .poll(() => deliveryForCaller(world.database, sealer, { caller, endpointId: id, deliveryId: sent.id }))
      .toMatchObject({ status: 'delivered', type: 'endpoint.test', tries: [{ status: 204, error: null }] })
    expect(other.received).toEqual([])
  })
})

describe('the deliveries of an endpoint', () => {
  test('are paged, newest first, filtered by status if given', async () => {
    const world = await openWebhooks({ idle: true })
    const { id, caller } = await world.endpoint(url)
    for (let n = 0; n < 7; n += 1) {
      await world.database.transaction((tx) =>
        announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null }),
      )
      // Some in the same millisecond.
      if (n % 2 === 0) world.clock.forward(1000)
    }
    const all = (await world.deliveries()).map((one) => one.id).reverse()
    const pages: string[][] = []
    let after: Awaited<ReturnType<typeof deliveriesForCaller>>['next'] = null
    do {
      const page = await deliveriesForCaller(world.database, {
        caller,
        endpointId: id,
        limit: 3,
        ...(after && { after }),
      })
      pages.push(page.items.map((one) => one.id))
      after = page.next
    } while (after)
    expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
    expect(pages.flat()).toEqual(all)
    const failed = await deliveriesForCaller(world.database, {
      caller,
      endpointId: id,
      status: 'failed',
      limit: 3,
    })
    expect(failed).toEqual({ items: [], next: null })
  })
})

test('the sandbox’s endpoint is created once, and follows its receiver', async () => {
  const world = await openWebhooks()
  const [first, second] = [await openReceiver(), await openReceiver()]
  const now = world.clock.now()
  const [old, secret] = [newWebhookSecret(), newWebhookSecret()]
  await ensureSandboxEndpoint(world.database, { sealer }, { url: first.url, secret: old, now })
  await ensureSandboxEndpoint(world.database, { sealer }, { url: second.url, secret, now })
  await world.database.transaction((tx) =>
    announce(tx, world.jobs, { type: 'message.received', now, requestId: null }),
  )
  await expect.poll(() => second.received.length).toBe(1)
  const [one] = second.received
  expect(new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})).toMatchObject({
    type: 'message.received',
  })
  expect(first.received).toEqual([])
  expect(await world.database.prisma.webhookEndpoint.count()).toBe(1)
})
