import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { releaseHeldDeliveries, requeueLostDeliveries } from '#features/webhooks/deliveries.ts'
import type { Jobs } from '#queue/boss.ts'
import { lowPriority } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import type { Deliverer } from '#channels/webhooks/deliver.ts'

/**
 * How many deliveries one process has in hand at once, as long as their endpoints are quick. Thousands that wait for one
 * who is dead must not stand before what somebody else is told.
 */
export const deliveryBatches = { size: 32, concurrency: 4, postponed: lowPriority }

/** Who does the work of the webhooks' queues. */
export const startWebhookWorkers = async ({
  jobs,
  database,
  clock,
  deliverer,
  log,
}: {
  jobs: Jobs
  database: Database
  clock: Clock
  deliverer: Deliverer
  log: Log
}): Promise<void> => {
  await jobs.workBatches('webhook-delivery', deliverer.handle, deliveryBatches)
  await jobs.work('webhook-release', ({ endpointId }, { signal }) =>
    releaseHeldDeliveries(database, jobs, { endpointId, clock, signal }),
  )
  await jobs.work('webhook-sweep', async () => {
    const deliveries = await database.transaction((tx) => requeueLostDeliveries(tx, jobs))
    if (deliveries > 0) log.warn('webhook.swept', { deliveries })
  })
  await jobs.schedule('webhook-sweep', '* * * * *', 'UTC', {})
}
