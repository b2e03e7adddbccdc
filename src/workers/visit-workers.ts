import { retoldNotice } from '#dialogue/visits/visits-notice.ts'
import { visitCardsOf } from '#storage/visits/visit-cards.ts'
import { findVisit } from '#storage/visits/visits.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { RetryAfter } from '#queue/run-job.ts'
import type { WorkerDeps } from './deps.ts'

/** Updates sent visit notices after a move or cancellation. */
export const startVisitWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, log } = deps

  await jobs.work('visit-cards-refresh', async ({ visitId }) => {
    const visit = await findVisit(database, visitId)
    if (!visit) return
    // A move increments the version; a cancellation does not.
    const before = visit.status === 'cancelled' ? visit.version + 1 : visit.version
    const failures: unknown[] = []
    for (const card of await visitCardsOf(database, { visit, before })) {
      const notice = retoldNotice(deps, visit, card)
      if (!notice) continue
      try {
        await messenger.edit(notice.account, card.messageId, notice.view)
      } catch (error) {
        if (error instanceof RetryAfter) throw error
        // One failed edit must not prevent the others.
        if (error instanceof Unreachable) log.info('person.unreachable')
        else failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  })
}
