import { expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { announce } from '#features/webhooks/announce.ts'
import { deleteExpiredData } from '#workers/retention.ts'
import { openWebhooks } from '#test/support/webhooks.ts'

const day = 24 * 3_600_000

const open = async () => {
  const world = await openWebhooks({ idle: true })
  await world.endpoint('http://127.0.0.1:1/')
  const tell = () =>
    world.database.transaction((tx) =>
      announce(tx, world.jobs, { type: 'message.received', now: world.clock.now(), requestId: null }),
    )
  const forget = () => deleteExpiredData(world.database, world.clock.now(), createLog('silent'))
  const mark = (id: string | undefined, status: string) =>
    world.database.prisma.webhookDelivery.update({ where: { id: id ?? '' }, data: { status } })
  return { world, tell, forget, mark }
}

test('deliveries are deleted after 90 days, including dead letters', async () => {
  const { world, tell, forget, mark } = await open()
  await tell()
  await mark((await world.deliveries())[0]?.id, 'failed')
  world.clock.forward(60 * day)
  await tell()
  const [, second] = await world.deliveries()
  await mark(second?.id, 'delivered')
  await forget()
  expect(await world.deliveries()).toHaveLength(2)
  world.clock.forward(31 * day)
  await forget()
  expect((await world.deliveries()).map(({ id }) => id)).toEqual([second?.id])
  expect(await world.database.prisma.webhookEvent.count()).toBe(1)
})

test('held and pending deliveries are not deleted', async () => {
  const { world, tell, forget, mark } = await open()
  for (let n = 0; n < 3; n += 1) await tell()
  const [held, delivered, pending] = await world.deliveries()
  await mark(held?.id, 'held')
  await mark(delivered?.id, 'delivered')
  world.clock.forward(91 * day)
  await forget()
  expect((await world.deliveries()).map(({ id }) => id).sort()).toEqual([held?.id, pending?.id].sort())
})
