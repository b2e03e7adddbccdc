import { linkAudit, publishHead } from '#features/staff/audit-chain.ts'
import { unlinked } from '#storage/staff/audit-links.ts'
import type { WorkerDeps } from './deps.ts'

/** Links the audit's entries, and says once a day where their chain stands. */
export const startAuditWorkers = async ({
  jobs,
  database,
  clock,
  log,
}: Pick<WorkerDeps, 'jobs' | 'database' | 'clock' | 'log'>): Promise<void> => {
  jobs.sweeps.add(
    'audit-links',
    async () => void (await linkAudit(database, clock.now())),
    () => [unlinked()],
  )
  jobs.work('audit-head', () => publishHead(database, jobs, { now: clock.now(), log }))
  // Entries of the last minutes before midnight are linked first, under the new day.
  await jobs.schedule('audit-head', '5 0 * * *', 'UTC', {})
}
