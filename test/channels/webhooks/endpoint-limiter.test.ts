import { expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import { removeForCaller } from '#features/webhooks/endpoints.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'
import { jobStates } from '#test/support/rows.ts'
import { openWebhooks, type Webhooks } from '#test/support/webhooks.ts'

const hang: Receiver['answer'] = () => undefined

const tellMany = async (world: Webhooks, count: number) => {
  for (let done = 0; done < count; done += 20) {
    await world.database.transaction(async (tx) => {
      for (let n = done; n < Math.min(count, done + 20); n += 1)
        await announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null })
    })
  }
}

const delivered = async (world: Webhooks, id: string) =>
  (await world.deliveries()).filter(({ endpointId, status }) => endpointId === id && status === 'delivered')
    .length

test('a hanging endpoint with hundreds of events does not delay others', async () => {
  const world = await openWebhooks()
  const [hanging, healthy] = [await openReceiver(), await openReceiver()]
  hanging.answer = hang
  await world.endpoint(hanging.url)
  // The deliveries of the hanging endpoint are queued before those of the healthy one.
  await tellMany(world, 200)
  const good = await world.endpoint(healthy.url)
  await tellMany(world, 50)
  await expect.poll(() => delivered(world, good.id), { timeout: 30_000 }).toBe(50)
  expect(healthy.received).toHaveLength(50)
  // A slow endpoint has a limited number of attempts, so most of its deliveries are still waiting.
  expect(hanging.received.length).toBeGreaterThan(0)
  expect(hanging.received.length).toBeLessThan(200)
}, 60_000)

test('twenty hanging endpoints do not delay others', async () => {
  const world = await openWebhooks()
  const [hanging, healthy] = [await openReceiver(), await openReceiver()]
  hanging.answer = hang
  const caller = await world.caller()
  for (let n = 0; n < 20; n += 1) await world.endpoint(hanging.url, { caller })
  const good = await world.endpoint(healthy.url, { caller })
  await tellMany(world, 10)
  await expect.poll(() => delivered(world, good.id), { timeout: 30_000 }).toBe(10)
  expect(healthy.received).toHaveLength(10)
}, 60_000)

test('a background attempt is recorded, and not repeated', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  const answers: (() => void)[] = []
  receiver.answer = (response) => void answers.push(() => response.writeHead(204).end())
  const slow = await world.endpoint(receiver.url)
  await tellMany(world, 3)
  // Each job was postponed by its worker, and the attempt continues.
  await expect
    .poll(() => jobStates(world.database, 'webhook-delivery'), { timeout: 30_000 })
    .toEqual([...Array(3).fill('completed'), ...Array(3).fill('created')])
  expect(await delivered(world, slow.id)).toBe(0)
  for (const answer of answers) answer()
  await expect.poll(() => delivered(world, slow.id), { timeout: 30_000 }).toBe(3)
  await world.pass(30_000)
  await expect
    .poll(() => jobStates(world.database, 'webhook-delivery'), { timeout: 30_000 })
    .toEqual(Array(6).fill('completed'))
  expect(receiver.received).toHaveLength(3)
})

test('an attempt interrupted by a stop is repeated with the same id', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  receiver.answer = hang
  const endpoint = await world.endpoint(receiver.url)
  await tellMany(world, 2)
  await expect.poll(() => receiver.received.length).toBe(2)
  await world.restart()
  expect(await world.database.prisma.webhookAttempt.count()).toBe(0)
  receiver.answer = (response) => response.writeHead(204).end()
  await world.pass(30_000)
  await expect.poll(() => delivered(world, endpoint.id), { timeout: 30_000 }).toBe(2)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(ids).toHaveLength(4)
  expect(new Set(ids).size).toBe(2)
})

test('an endpoint deleted during an attempt leaves no rows', async () => {
  const world = await openWebhooks()
  const receiver = await openReceiver()
  const answers: (() => void)[] = []
  receiver.answer = (response) => void answers.push(() => response.writeHead(204).end())
  const endpoint = await world.endpoint(receiver.url)
  await tellMany(world, 2)
  await expect.poll(() => answers.length).toBe(2)
  await world.database.transaction((tx) => removeForCaller(tx, { ...endpoint, now: world.clock.now() }))
  for (const answer of answers) answer()
  await expect
    .poll(async () =>
      (await jobStates(world.database, 'webhook-delivery')).filter((state) => state === 'active'),
    )
    .toEqual([])
  await world.pass(30_000)
  await expect
    .poll(async () =>
      (await jobStates(world.database, 'webhook-delivery')).every((state) => state === 'completed'),
    )
    .toBe(true)
  expect(await world.database.prisma.webhookAttempt.count()).toBe(0)
  expect(world.lines.filter((line) => JSON.parse(line).level >= 40)).toEqual([])
})
