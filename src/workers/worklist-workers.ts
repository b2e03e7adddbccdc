import { Unreachable } from '#dialogue/messenger.ts'
import { workNotice } from '#dialogue/worklist/work-notice.ts'
import { passUpAlarms } from '#features/worklist/follow-up.ts'
import type { WorkerDeps } from './deps.ts'
import { sendToStaff } from './send-to-staff.ts'

/** Tells staff of their own work. */
export const startWorklistWorkers = (deps: WorkerDeps): void => {
  const { jobs, database, region, clock, log } = deps

  jobs.work(
    'work-news',
    async (news) => {
      const notice = await workNotice(deps, news)
      if (!notice) return
      try {
        await sendToStaff(deps, news.staffId, notice)
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error
        log.info('person.unreachable')
        const told = { enqueue: jobs.enqueue, region }
        await database.transaction((tx) => passUpAlarms(tx, told, news, clock.now()))
      }
    },
    { concurrency: 4 },
  )
}
