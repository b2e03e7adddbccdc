import { countingJobMs, recountAll, watchTerms } from '#features/cases/watch-terms.ts'
import { draftsDue, remindOfDrafts } from '#features/intake/draft-reminders.ts'
import { sayWeAreLate } from '#features/promises/late-notices.ts'
import { beginAgendas } from '#features/worklist/agendas.ts'
import { endUnanswered } from '#features/together/end-unanswered.ts'
import { followUp } from '#features/worklist/follow-up.ts'
import { togetherOver } from '#storage/requests/together.ts'
import type { WorkerDeps } from './deps.ts'

/** Workers of what people wait for: notices that we are late, what staff are reminded of, and reminders of left drafts. */
export const startPromiseWorkers = (deps: WorkerDeps): void => {
  const { jobs, database, region, sealer, clock, log } = deps
  const told = { enqueue: jobs.enqueue, region, sealer, log }

  jobs.sweeps.add('late-notices', async (_, { signal }) => {
    const notices = await sayWeAreLate(database, told, { clock, signal })
    // First, so that what an agenda says is not said again.
    const agendas = await beginAgendas(database, told, clock.now())
    const { counted, more } = await recountAll(database, told, { clock, signal })
    if (more) await database.transaction((tx) => jobs.enqueue(tx, 'recount-terms', {}))
    const terms = await watchTerms(database, told, { clock, signal })
    const followed = await followUp(database, told, { clock, signal })
    if (notices > 0) log.info('late.told', { notices })
    if (counted + terms > 0) log.info('terms.watched', { counted, terms })
    if (followed + agendas > 0) log.info('work.told', { followed, agendas })
  })

  // It ends before the next minute looks whether anything is left.
  jobs.work('recount-terms', async (_, { signal }) => {
    const asked = { clock, signal, forMs: countingJobMs, rest: true }
    const { counted, more } = await recountAll(database, told, asked)
    log.info('terms.recounted', { counted, more })
  })

  jobs.sweeps.add(
    'together-ends',
    async (_, { signal }) => {
      const ended = await endUnanswered(database, told, { clock, signal })
      if (ended > 0) log.info('together.ended', { ended })
    },
    () => [togetherOver(clock.now())],
  )

  jobs.sweeps.add(
    'draft-reminders',
    async (_, { signal }) => {
      const reminders = await remindOfDrafts(database, told, { clock, signal })
      if (reminders > 0) log.info('drafts.reminded', { reminders })
    },
    () => draftsDue(clock.now()),
  )
}
