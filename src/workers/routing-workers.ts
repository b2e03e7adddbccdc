import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { secondsUntil } from '#features/routing/delays.ts'
import { takeEscalationStep } from '#features/routing/escalation.ts'
import { syncAssignments } from '#features/routing/reassign.ts'
import { sweepForgottenRequests } from '#features/routing/routing-sweep.ts'
import type { Jobs } from '#queue/boss.ts'
import { RetryAfter } from '#queue/run-job.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { forgotten } from '#storage/routing/overdue-requests.ts'

type RoutingDeps = { database: Database; region: Region; clock: Clock; jobs: Jobs; log: Log }

/** Workers that reassign requests: on escalation, absence and return of staff. */
export const startRoutingWorkers = ({ database, region, clock, jobs, log }: RoutingDeps): void => {
  const deps = { enqueue: jobs.enqueue, region }
  jobs.work('escalation', async ({ requestId, step }) => {
    const now = clock.now()
    retryAt(await database.transaction((tx) => takeEscalationStep(tx, deps, { requestId, step, now })), now)
  })
  jobs.work('reassign', async ({ staffId }) => {
    const now = clock.now()
    retryAt(await syncAssignments(database, deps, { staffId, now }), now)
  })
  jobs.sweeps.add(
    'routing-sweep',
    async () => {
      const found = await sweepForgottenRequests(database, { ...deps, log }, clock.now())
      if (found.requests + found.members > 0) log.info('routing.swept', found)
    },
    () => forgotten(clock.now()),
  )
}

/** Postpones a job that is early by our clock, which decides; the queue's clock may be ahead. */
const retryAt = (at: Date | null, now: Date): void => {
  if (at) throw new RetryAfter(secondsUntil(at, now))
}
