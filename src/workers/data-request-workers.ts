import { carryOutErasure } from '#features/my-data/erase-data.ts'
import { dueErasures } from '#storage/data-requests/data-requests.ts'
import type { WorkerDeps } from './deps.ts'

/** Destroys the data whose term after a withdrawal is over. Each is a transaction of its own; what fails is tried an hour later. */
export const startDataRequestWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, sealer, region, clock, log } = deps
  const own = { sealer, region, enqueue: jobs.enqueue }
  jobs.work('due-erasures', async () => {
    const count = { erased: 0, 'given-again': 0, kept: 0, nothing: 0 }
    for (const id of await dueErasures(database, clock.now())) {
      try {
        count[await database.transaction((tx) => carryOutErasure(tx, own, { id, now: clock.now() }))] += 1
      } catch (error) {
        log.error('erasure.failed', { dataRequest: id, error })
      }
    }
    if (count.erased + count['given-again'] + count.kept > 0) log.info('erasures.done', count)
  })
  await jobs.schedule('due-erasures', '41 * * * *', 'UTC', {})
}
