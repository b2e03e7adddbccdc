import { Unreachable } from '#dialogue/messenger.ts'
import { workNotice } from '#dialogue/worklist/work-notice.ts'
import { secondsUntil } from '#features/routing/delays.ts'
import { passUpAlarms } from '#features/worklist/follow-up.ts'
import { dayOf } from '#features/worklist/open-work.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { WorkerDeps } from './deps.ts'

/** Tells staff of their own work. */
export const startWorklistWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, messenger, database, region, clock, log } = deps

  await jobs.work(
    'work-news',
    async (news) => {
      const notice = await workNotice(deps, news)
      if (!notice) return
      try {
        const messageId = await messenger.send(notice.account, notice.view)
        if (notice.view.confidential) await deleteAtNight(news.staffId, messageId)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        log.info('person.unreachable')
        const told = { enqueue: jobs.enqueue, region }
        await database.transaction((tx) => passUpAlarms(tx, told, news, clock.now()))
      }
    },
    { concurrency: 4 },
  )

  /** Addresses and codes do not stay in a chat longer than the day that they are for. */
  const deleteAtNight = async (staffId: string, messageId: string): Promise<void> => {
    const personId = (await findStaff(database, staffId))?.personId
    if (!personId) return
    const now = clock.now()
    const startAfter = secondsUntil(dayOf(region, now)[1], now)
    await database.transaction((tx) =>
      jobs.enqueue(tx, 'delete-message', { personId, messageId }, { startAfter }),
    )
  }
}
