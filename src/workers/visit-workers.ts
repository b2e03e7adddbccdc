import { retoldNotice } from '#dialogue/visits/visits-notice.ts'
import { visitCardsOf } from '#storage/visits/visit-cards.ts'
import { findVisit } from '#storage/visits/visits.ts'
import type { WorkerDeps } from './deps.ts'
import { forEachChat } from './each-chat.ts'

/** Updates sent visit notices after a move or cancellation. */
export const startVisitWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, log } = deps

  await jobs.work('visit-cards-refresh', async ({ visitId }) => {
    const visit = await findVisit(database, visitId)
    if (!visit) return
    // A move increments the version; a cancellation does not.
    const before = visit.status === 'cancelled' ? visit.version + 1 : visit.version
    await forEachChat(await visitCardsOf(database, { visit, before }), log, async (card) => {
      const notice = retoldNotice(deps, visit, card)
      if (notice) await messenger.edit(notice.account, card.messageId, notice.view)
    })
  })
}
