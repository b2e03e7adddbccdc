import { orphansNotice } from '#dialogue/families/orphans-notice.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { carryOutHandOver } from '#features/families/hand-families.ts'
import { handOver } from '#features/families/hand-over.ts'
import { orphanAlarms } from '#features/families/orphans.ts'
import { renewDoorCodesOf } from '#features/visits/upcoming.ts'
import { personOf } from '#storage/people.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Workers for what somebody who leaves leaves behind: handed over, and an alarm for what is not. */
export const startLeavingWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, sealer, region, clock, log } = deps
  const family = { sealer, region, enqueue: jobs.enqueue }

  jobs.work('hand-over', async ({ staffId, to, apiKeyId, byStaffId }) => {
    const by = { apiKeyId, staffId: byStaffId }
    const handed = await handOver(database, family, { staffId, to, by, now: clock.now })
    log.info('staff.handed-over', { staff: staffId, ...handed })
    if (handed.left > 0) await database.transaction((tx) => jobs.enqueue(tx, 'orphans', {}))
  })

  jobs.work('hand-families', async ({ handOverId }) => {
    const handed = await carryOutHandOver(database, family, { handOverId, now: clock.now })
    if (handed) log.info('families.handed-over', { handOver: handOverId, ...handed })
  })

  jobs.work('door-codes', ({ staffId }) => renewDoorCodesOf(database, family, { staffId, now: clock.now }))

  jobs.work('orphans', async ({ recipientId }) => {
    const alarms = await orphanAlarms(database, clock.now())
    if (recipientId === undefined)
      return database.transaction((tx) =>
        jobs.enqueueMany(
          tx,
          'orphans',
          alarms.map(({ supervisor }) => ({ payload: { recipientId: supervisor.id } })),
        ),
      )
    // Mended while this waited.
    const alarm = alarms.find(({ supervisor }) => supervisor.id === recipientId)
    const person = alarm && (await personOf(database, alarm.supervisor.personId))
    if (!person) return
    const notice = orphansNotice(deps, person, alarm.orphans)
    try {
      await sendToStaff(deps, recipientId, notice)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  })

  jobs.work('orphans-daily', async () => {
    if (!isWorkingDay(dayAt(clock.now(), region.timeZone), region)) return
    await database.transaction((tx) => jobs.enqueue(tx, 'orphans', {}))
  })
  await jobs.schedule('orphans-daily', '0 9 * * *', region.timeZone, {})
}
