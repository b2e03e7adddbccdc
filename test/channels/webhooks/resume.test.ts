import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { announce } from '#features/webhooks/announce.ts'
import { replayForCaller, sendTestEvent } from '#features/webhooks/deliveries.ts'
import { pauseForCaller, resumeForCaller } from '#features/webhooks/endpoints.ts'
import { waitingForLocks } from '#test/support/locks.ts'
import { openWebhooks, type Webhooks } from '#test/support/webhooks.ts'

/** Resumes, and starts the concurrent call before the commit; on a server that then waits for it. */
const whileResuming = async <T>(
  { database, jobs, clock }: Webhooks,
  endpoint: Parameters<typeof resumeForCaller>[2],
  wish: () => Promise<T>,
): Promise<T> => {
  let asked: Promise<T> | undefined
  // What others do meanwhile does not belong to the transaction, whose guard would refuse it.
  const outside = AsyncLocalStorage.snapshot()
  await database.transaction(async (tx) => {
    await resumeForCaller(tx, jobs, { ...endpoint, now: clock.now() })
    asked = outside(wish)
    const over = asked.then(
      () => true,
      () => true,
    )
    if (database.kind === 'embedded') return
    const waits = () => outside(async () => (await waitingForLocks(database)) > 0)
    await expect.poll(async () => (await waits()) || (await Promise.race([over, false]))).toBe(true)
  })
  if (!asked) throw new Error('nothing was asked')
  return asked
}

test('an event sent during a resume is not held at the active endpoint', async () => {
  const world = await openWebhooks({ idle: true })
  const { database, jobs, clock } = world
  const endpoint = { ...(await world.endpoint('http://127.0.0.1:1/')), now: clock.now() }
  const of = { caller: endpoint.caller, endpointId: endpoint.id, now: clock.now() }
  await database.transaction((tx) =>
    announce(tx, jobs, { type: 'message.received', now: clock.now(), requestId: null }),
  )
  await database.prisma.webhookDelivery.updateMany({ data: { status: 'failed', attempts: 9 } })
  const [failed] = await world.deliveries()
  const wishes = [
    () => database.transaction((tx) => sendTestEvent(tx, jobs, of)),
    () => database.transaction((tx) => replayForCaller(tx, jobs, { ...of, deliveryId: failed?.id ?? '' })),
  ]
  for (const wish of wishes) {
    await database.transaction((tx) => pauseForCaller(tx, endpoint))
    expect(await whileResuming(world, endpoint, wish)).toMatchObject({ status: 'pending' })
  }
})
