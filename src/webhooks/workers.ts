import type { Clock } from '#core/clock.ts'
import { releaseSome } from '#features/webhooks/deliveries.ts'
import type { Jobs } from '#jobs/boss.ts'
import type { Database } from '#storage/database.ts'
import type { Deliverer } from './deliver.ts'

/** How many deliveries one process has in hand at once, as long as their endpoints are quick. */
export const inHand = { size: 32, concurrency: 4 }

/** Who does the work of the webhooks' queues. */
export const startWebhookWorkers = async ({
  jobs,
  database,
  clock,
  deliverer,
}: {
  jobs: Jobs
  database: Database
  clock: Clock
  deliverer: Deliverer
}): Promise<void> => {
  await jobs.workBatches('webhook-delivery', deliverer.handle, inHand)
  await jobs.work('webhook-release', async ({ endpointId }) => {
    const some = () => database.transaction((tx) => releaseSome(tx, jobs, { endpointId, now: clock.now() }))
    while ((await some()) > 0);
  })
}
