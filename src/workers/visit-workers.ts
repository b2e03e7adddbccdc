import { Unreachable } from '#dialogue/messenger.ts'
import { retoldNotice } from '#dialogue/visits/visits-notice.ts'
import type { Database } from '#storage/database.ts'
import { visitCardsOf } from '#storage/visits/visit-cards.ts'
import { findVisit } from '#storage/visits/visits.ts'
import type { WorkerDeps } from './deps.ts'
import { unlessHidden } from './hiding-workers.ts'

/** Updates sent visit notices after a move or cancellation. */
export const startVisitWorkers = (deps: WorkerDeps): void => {
  const { jobs, messenger, database, log } = deps

  jobs.work('visit-cards-refresh', async ({ visitId }) => {
    const { cards } = await outdatedCards(database, visitId)
    await database.transaction((tx) =>
      jobs.enqueueMany(
        tx,
        'visit-card-refresh',
        cards.map(({ member, messageId }) => ({
          payload: { visitId, personId: member.personId ?? '', messageId },
        })),
      ),
    )
  })

  jobs.work(
    'visit-card-refresh',
    async ({ visitId, personId, messageId }) => {
      const { visit, cards } = await outdatedCards(database, visitId)
      const card = cards.find((one) => one.member.personId === personId && one.messageId === messageId)
      const notice = visit && card && retoldNotice(deps, visit, card)
      if (!notice) return
      try {
        const job = { queue: 'visit-card-refresh' as const, payload: { visitId, personId, messageId } }
        await unlessHidden(deps, notice.account, job, () =>
          messenger.edit(notice.account, messageId, notice.view),
        )
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        log.info('person.unreachable')
      }
    },
    { concurrency: 4 },
  )
}

/** A visit, and the messages that announced it as it is no more. */
const outdatedCards = async (database: Database, visitId: string) => {
  const visit = await findVisit(database, visitId)
  if (!visit) return { visit, cards: [] }
  // A move increments the version; a cancellation does not.
  const before = visit.status === 'cancelled' ? visit.version + 1 : visit.version
  return { visit, cards: await visitCardsOf(database, { visit, before }) }
}
