import { familyCardNotice } from '#dialogue/families/family-card-notice.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { copySafety, isSafetyToCopy } from '#features/families/copy-safety.ts'
import { redirectRefusedCard, redirectUnsentCard } from '#features/families/notify-staff.ts'
import { markDeliveredByCard } from '#features/messages/delivery-status.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'
import { startPromiseWorkers } from './promise-workers.ts'
import { startPushWorkers } from './push-workers.ts'
import { startDigestWorkers } from './survey-digest-workers.ts'
import { startSurveyWorkers } from './survey-workers.ts'
import { startVisitWorkers } from './visit-workers.ts'
import { startWorklistWorkers } from './worklist-workers.ts'

/** Workers for notifications to families and their curators. */
export const startFamilyWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, sealer, region, clock, log } = deps
  const told = { enqueue: jobs.enqueue, region }

  startPushWorkers(deps)
  startPromiseWorkers(deps)
  startVisitWorkers(deps)
  startWorklistWorkers(deps)
  await startSurveyWorkers(deps)
  await startDigestWorkers(deps)

  jobs.work('safety-copy', async () => {
    const members = await copySafety(database, { sealer, clock, log })
    if (members > 0) log.info('safety.copied', { members })
  })
  if (await isSafetyToCopy(database)) await database.transaction((tx) => jobs.enqueue(tx, 'safety-copy', {}))
  await jobs.schedule('safety-copy', '17 * * * *', 'UTC', {})

  jobs.work('family-card', async (card) => {
    const now = clock.now()
    const notice = await familyCardNotice(deps, card)
    if (!notice) return database.transaction((tx) => redirectUnsentCard(tx, told, card, now))
    try {
      await sendToStaff(deps, card.staffId, notice)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
      return database.transaction((tx) => redirectRefusedCard(tx, told, card, now))
    }
    await database.transaction((tx) => markDeliveredByCard(tx, card, now))
  })
}
