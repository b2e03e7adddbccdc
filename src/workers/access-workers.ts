import { accessAlertNotice } from '#dialogue/home/access-alert-notice.ts'
import { Unreachable } from '#dialogue/messenger.ts'
import { accessActor, accessAlertReaders } from '#features/staff/access-alerts.ts'
import { sweepBulkViewing } from '#features/staff/bulk-viewing.ts'
import { warnOfExpiringKeys } from '#features/staff/key-expiry.ts'
import { personOf } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Workers that watch over who has access: keys that end soon, bulk viewing, sessions that an operator ends. */
export const startAccessWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, region, clock, log } = deps
  const own = { enqueue: jobs.enqueue, log }

  jobs.work('key-expiry', () => warnOfExpiringKeys(database, own, clock.now()))
  await jobs.schedule('key-expiry', '0 9 * * *', region.timeZone, {})

  jobs.sweeps.add('bulk-viewing', () => sweepBulkViewing(database, own, clock.now()))

  jobs.work('access-alert', async (alert) => {
    const { actorId, recipientId } = alert
    const actor = await accessActor(database, actorId)
    if (!actor) return
    if (recipientId === undefined) {
      const readers = await accessAlertReaders(database, { actorId, actor, now: clock.now() })
      return database.transaction((tx) =>
        jobs.enqueueMany(
          tx,
          'access-alert',
          readers.map(({ id }) => ({ payload: { ...alert, recipientId: id } })),
        ),
      )
    }
    const recipient = await findStaff(database, recipientId)
    const person =
      recipient?.active && recipient.personId ? await personOf(database, recipient.personId) : null
    if (!person) return
    const notice = accessAlertNotice(deps, person, { alert, actor })
    await unlessUnreachable(async () => void (await sendToStaff(deps, recipientId, notice)))
  })

  jobs.work('end-session', async ({ personId }) => {
    const person = await personOf(database, personId)
    if (person) await unlessUnreachable(() => messenger.endSession(person.account))
  })

  /** Retrying would not help. */
  async function unlessUnreachable(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      log.info('person.unreachable')
    }
  }
}
