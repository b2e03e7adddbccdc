import { Unreachable } from '#dialogue/messenger.ts'
import { reportNotice } from '#dialogue/reports/report-notice.ts'
import { sweepReport } from '#features/reports/report-sweep.ts'
import { personOf } from '#storage/people.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, joinedStaff } from '#storage/staff/staff.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Workers for the quarterly report: when it is due, late, or has to be made by itself. */
export const startReportWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, region, sealer, clock, log } = deps

  jobs.work('report-sweep', () =>
    sweepReport(database, { region, sealer, enqueue: jobs.enqueue, log }, clock.now()),
  )
  // At nine people read it; at midnight the quarter has ended.
  await jobs.schedule('report-sweep', '5 0,9-18 * * *', region.timeZone, {})

  jobs.work('report-notice', async (notice) => {
    const { recipientId } = notice
    if (recipientId === undefined) {
      const away = await absentAt(database, clock.now())
      const all = await joinedStaff(database, 'supervisor')
      const there = all.filter(({ id, unreachableSince }) => !away.has(id) && unreachableSince === null)
      const readers = there.length > 0 ? there : all
      return database.transaction((tx) =>
        jobs.enqueueMany(
          tx,
          'report-notice',
          readers.map(({ id }) => ({ payload: { ...notice, recipientId: id } })),
        ),
      )
    }
    const staff = await findStaff(database, recipientId)
    const person = staff?.active && staff.personId ? await personOf(database, staff.personId) : null
    if (!person) return
    try {
      await sendToStaff(deps, recipientId, reportNotice(deps, person, notice))
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  })
}
