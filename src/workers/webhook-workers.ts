import type { Deliverer } from '#channels/webhooks/deliver.ts'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { releaseHeldDeliveries, requeueLostDeliveries } from '#features/webhooks/deliveries.ts'
import type { Jobs } from '#queue/boss.ts'
import { lowPriority } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import { lost } from '#storage/webhooks/webhook-deliveries.ts'

/**
 * Concurrent deliveries of one process while endpoints are fast. Postponed deliveries get a low priority, so that a
 * backlog for a dead endpoint does not delay the others.
 */
export const deliveryBatches = { size: 32, concurrency: 4, postponed: lowPriority }

/** Workers for the webhook queues. */
export const startWebhookWorkers = ({
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
}): void => {
  jobs.workBatches('webhook-delivery', deliverer.handle, deliveryBatches)
  jobs.work('webhook-release', ({ endpointId }, { signal }) =>
    releaseHeldDeliveries(database, jobs, { endpointId, clock, signal }),
  )
  jobs.sweeps.add(
    'webhook-sweep',
    async () => {
      const now = clock.now()
      const deliveries = await database.transaction((tx) => requeueLostDeliveries(tx, jobs, { now }))
      if (deliveries > 0) log.warn('webhook.swept', { deliveries })
    },
    () => [lost({ now: clock.now() })],
  )
}
