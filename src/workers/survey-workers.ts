import { dispatchInvitations, invitationsDue } from '#features/surveys/dispatch-invitations.ts'
import { remindOfRescues } from '#features/surveys/low-score-rescue.ts'
import { inviteByCalendar } from '#features/surveys/scheduled-surveys.ts'
import { countEnded, uncounted } from '#storage/surveys/survey-funnel.ts'
import { rescuesToRemindOf } from '#storage/surveys/survey-rescues.ts'
import type { WorkerDeps } from './deps.ts'

/** Workers for survey invitations, and for reminders of rescues that are still open. */
export const startSurveyWorkers = async (deps: WorkerDeps): Promise<void> => {
  const { jobs, database, region, clock, log } = deps

  jobs.sweeps.add(
    'survey-invitations',
    async (_, { signal }) => {
      const counts = await dispatchInvitations(database, jobs, { clock, signal })
      const told = { enqueue: jobs.enqueue, region }
      const rescues = await database.transaction((tx) => remindOfRescues(tx, told, clock.now()))
      const all = { ...counts, rescues }
      while ((await database.transaction((tx) => countEnded(tx, region.timeZone))) > 0)
        if (signal.aborted) break
      if (Object.values(all).some((count) => count > 0)) log.info('surveys.dispatched', all)
    },
    () => {
      const now = clock.now()
      return [...invitationsDue(now), rescuesToRemindOf(now), uncounted()]
    },
  )

  jobs.work('survey-calendar', async () => {
    const invitations = await inviteByCalendar(database, { region }, clock.now())
    if (invitations > 0) log.info('surveys.invited', { invitations })
  })
  await jobs.schedule('survey-calendar', '0 10 * * *', region.timeZone, {})
}
