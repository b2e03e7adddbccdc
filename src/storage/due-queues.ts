import type { Database } from './database.ts'

/**
 * The given queues (with spaces between) that have a due job, in one statement. Each queue costs one probe of the index from
 * which pg-boss fetches.
 */
export const dueQueues = async (database: Database, names: string): Promise<string[]> => {
  const rows = await database.sql.query<{ name: string }>(
    'due-queues',
    `SELECT queue.name FROM unnest(string_to_array($1, ' ')) AS queue (name)
     WHERE EXISTS (
       SELECT 1 FROM pgboss.job
       WHERE job.name = queue.name AND state < 'active' AND NOT blocked AND start_after <= pgboss.job_now()
     )`,
    [names],
  )
  return rows.map(({ name }) => name)
}

/**
 * The queues with a job whose process has died or whose time is up, as pg-boss decides it. It reads the whole table of jobs, so it
 * is asked seldom.
 */
export const queuesLeftBehind = async (database: Database): Promise<string[]> => {
  const rows = await database.sql.query<{ name: string }>(
    'queues-left-behind',
    `SELECT DISTINCT name FROM pgboss.job
     WHERE state = 'active' AND (started_on + expire_seconds * interval '1s' < pgboss.job_now()
       OR heartbeat_on + heartbeat_seconds * interval '1s' < pgboss.job_now())`,
    [],
  )
  return rows.map(({ name }) => name)
}
