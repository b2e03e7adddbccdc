import type { Database } from './database.ts'

/**
 * The given queues that have a due job, in one statement. Each queue costs one probe of the index from which pg-boss
 * fetches.
 */
export const dueQueues = async (database: Database, names: readonly string[]): Promise<string[]> => {
  const rows = await database.sql.query<{ name: string }>(
    'due-queues',
    `SELECT queue.name FROM unnest($1::text[]) AS queue (name)
     WHERE EXISTS (
       SELECT 1 FROM pgboss.job
       WHERE job.name = queue.name AND state < 'active' AND NOT blocked AND start_after <= pgboss.job_now()
     )`,
    [names],
  )
  return rows.map(({ name }) => name)
}
