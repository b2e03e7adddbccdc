import { territoryAlertNotice } from '#dialogue/families/territory-alert-notice.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { supervisorsElsewhere } from '#features/families/supervisors-elsewhere.ts'
import { personOf } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Workers for what supervisors of other territories have to know: that no supervisor of one is there. */
export const startTerritoryWorkers = (deps: WorkerDeps): void => {
  const { jobs, database, clock, log } = deps

  jobs.work('territory-alert', async ({ territory, recipientId }) => {
    if (recipientId === undefined) {
      const readers = await supervisorsElsewhere(database, territory, clock.now())
      if (readers.length === 0) log.error('territory.uncovered', { territory })
      return database.transaction((tx) =>
        jobs.enqueueMany(
          tx,
          'territory-alert',
          readers.map(({ id }) => ({ payload: { territory, recipientId: id } })),
        ),
      )
    }
    const recipient = await findStaff(database, recipientId)
    const person =
      recipient?.active && recipient.personId ? await personOf(database, recipient.personId) : null
    if (!person) return
    const notice = territoryAlertNotice(deps, person, territory)
    try {
      await sendToStaff(deps, recipientId, notice)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  })
}
