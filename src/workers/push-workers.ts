import { lostPushes, sweepLostPushes } from '#features/pushes/push-sweep.ts'
import { dispatchReminders, remindersToDispatch } from '#features/visits/reminder-sweep.ts'
import type { Outcome } from '#queue/batches.ts'
import { subjectsOf } from '#storage/pushes/push-subjects.ts'
import { waitingPushes } from '#storage/pushes/pushes.ts'
import type { WorkerDeps } from './deps.ts'
import { createPushSender } from './send-push.ts'

/** Small batches, so that a push is sent within a second or two of the decision to send it. */
const pushBatches = { size: 10, concurrency: 3 }

/** Workers for pushes and visit reminders to family members. */
export const startPushWorkers = (deps: WorkerDeps): void => {
  const { jobs, database, clock, log } = deps
  const send = createPushSender(deps)

  jobs.workBatches(
    'push',
    async (batch) => {
      const ids = batch.map(({ payload }) => payload.pushId)
      const pushes = await waitingPushes(database, ids)
      const subject = await subjectsOf(database, pushes)
      const outcomes = new Map<string, Promise<Outcome>>()
      for (const push of pushes) outcomes.set(push.id, send(push, subject(push)))
      // Two jobs for one push share its outcome, so it is sent once. A push that has ended needs no work.
      return Promise.all(ids.map((id) => outcomes.get(id) ?? 'done'))
    },
    pushBatches,
  )

  jobs.sweeps.add(
    'push-sweep',
    async () => {
      const pushes = await database.transaction((tx) => sweepLostPushes(tx, jobs, clock.now()))
      if (pushes > 0) log.warn('push.swept', { pushes })
    },
    () => lostPushes(clock.now()),
  )

  jobs.sweeps.add(
    'visit-reminders',
    async (_, { signal }) => {
      const reminders = await dispatchReminders(database, jobs, { clock, signal })
      if (reminders > 0) log.info('reminders.dispatched', { reminders })
    },
    () => remindersToDispatch(clock.now()),
  )
}
