import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { announce, type NewEvent } from '#features/webhooks/announce.ts'
import { pauseForCaller } from '#features/webhooks/endpoints.ts'
import { submitted } from '#test/storage/samples.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWebhooks, type Webhooks } from '#test/support/webhooks.ts'

const url = 'http://127.0.0.1:1/'
const open = () => openWebhooks({ idle: true })

const tell = (world: Webhooks, event: Omit<NewEvent, 'now'>) =>
  world.database.transaction((tx) => announce(tx, world.jobs, { now: world.clock.now(), ...event }))

/** The deliveries created for each endpoint, by type. */
const heardBy = async (world: Webhooks, id: string) =>
  (await world.deliveries()).filter(({ endpointId }) => endpointId === id).map(({ type }) => type)

describe('an event', () => {
  test('goes to the endpoints subscribed to its type and territory', async () => {
    const world = await open()
    const lenin = await submitted(world.database, { territory: 'lenin' })
    const october = await submitted(world.database, { territory: 'october' })
    const everything = await world.endpoint(url)
    const claims = await world.endpoint(url, { events: ['request.claimed'] })
    const ofLenin = await world.endpoint(url, { territories: ['lenin'] })
    await tell(world, { type: 'request.submitted', requestId: lenin.id })
    await tell(world, { type: 'request.claimed', requestId: lenin.id, data: { staffId: randomUUID() } })
    await tell(world, { type: 'request.submitted', requestId: october.id })
    await tell(world, { type: 'consent.given', requestId: null, data: { kind: 'personal-data' } })
    expect((await heardBy(world, everything.id)).sort()).toEqual([
      'consent.given',
      'request.claimed',
      'request.submitted',
      'request.submitted',
    ])
    expect(await heardBy(world, claims.id)).toEqual(['request.claimed'])
    expect(await heardBy(world, ofLenin.id)).toEqual(['request.submitted', 'request.claimed'])
    expect(await jobStates(world.database, 'webhook-delivery')).toEqual(Array(7).fill('created'))
  })

  test('has a sequence number within its request, starting at 1, even with concurrent events', async () => {
    const world = await open()
    const [one, two] = [await submitted(world.database), await submitted(world.database)]
    await world.endpoint(url)
    const all = Array.from({ length: 20 }, (_, n) =>
      tell(world, { type: 'message.received', requestId: n % 4 === 0 ? two.id : one.id }),
    )
    await Promise.all(all)
    const sequences = async (id: string) =>
      (await world.deliveries())
        .filter(({ requestId }) => requestId === id)
        .map(({ sequence }) => sequence ?? 0)
        .sort((a, b) => a - b)
    expect(await sequences(one.id)).toEqual(Array.from({ length: 15 }, (_, n) => n + 1))
    expect(await sequences(two.id)).toEqual([1, 2, 3, 4, 5])
  })

  test('of a rolled back transaction is not delivered', async () => {
    const world = await open()
    const { id } = await submitted(world.database)
    await world.endpoint(url)
    const failing = world.database.transaction(async (tx) => {
      await announce(tx, world.jobs, { type: 'request.submitted', now: world.clock.now(), requestId: id })
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await world.deliveries()).toEqual([])
    expect(await world.database.prisma.webhookEvent.count()).toBe(0)
    expect(await jobStates(world.database, 'webhook-delivery')).toEqual([])
  })

  test('without subscribers leaves no rows', async () => {
    const world = await open()
    const { id } = await submitted(world.database)
    await tell(world, { type: 'request.submitted', requestId: id })
    await world.endpoint(url, { events: ['request.claimed'] })
    await tell(world, { type: 'request.submitted', requestId: id })
    expect(await world.database.prisma.webhookEvent.count()).toBe(0)
    expect(await world.database.prisma.request.findUnique({ where: { id } })).toMatchObject({
      eventSequence: 0,
    })
  })

  test('is held for a paused endpoint and sent to the others', async () => {
    const world = await open()
    const { id } = await submitted(world.database)
    const [paused, active] = [await world.endpoint(url), await world.endpoint(url)]
    await world.database.transaction((tx) => pauseForCaller(tx, { ...paused, now: world.clock.now() }))
    await tell(world, { type: 'request.submitted', requestId: id })
    const found = await world.deliveries()
    expect(found.find(({ endpointId }) => endpointId === paused.id)).toMatchObject({ status: 'held' })
    expect(found.find(({ endpointId }) => endpointId === active.id)).toMatchObject({ status: 'pending' })
    expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(1)
    expect(await jobStates(world.database, 'webhook-delivery')).toEqual(['created'])
  })

  test('never contains names or free text', async () => {
    const world = await open()
    const { id } = await submitted(world.database)
    await world.endpoint(url)
    for (const data of [{ name: 'Ольга' }, { stage: 'Мы живём в страхе' }, { outcome: '+79001112233' }]) {
      await expect(tell(world, { type: 'request.status_changed', requestId: id, data })).rejects.toThrow()
    }
    expect(await world.deliveries()).toEqual([])
  })
})
