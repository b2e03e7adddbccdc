import { retoldNotice } from '#dialogue/notices/visits.ts'
import { visitCardsOf } from '#storage/visit-cards.ts'
import { findVisit } from '#storage/visits.ts'
import { Unreachable } from './messenger.ts'
import type { WorkerDeps } from './workers.ts'

/** What was told of a visit says that it was moved or cancelled. */
export const startVisitWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, log } = deps

  await jobs.work('visit-cards-refresh', async ({ visitId }) => {
    const visit = await findVisit(database, visitId)
    if (!visit) return
    // A cancellation is of the very version that was told of.
    const before = visit.status === 'cancelled' ? visit.version + 1 : visit.version
    for (const card of await visitCardsOf(database, { visitId, before })) {
      const notice = retoldNotice(deps, visit, card)
      if (!notice) continue
      try {
        await messenger.edit(notice.account, card.messageId, notice.view)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        log.info('person.unreachable')
      }
    }
  })
}
