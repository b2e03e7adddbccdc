import { setTimeout as pause } from 'node:timers/promises'
import type { Telegram } from '#sandbox/telegram/telegram.ts'
import type { Database } from '#storage/database.ts'

/** A busy machine takes its time: a wait ends as soon as it may. */
const longestMs = 60_000

/**
 * Queues with a job that is under way, or whose time has come; not those of webhooks, which no chat shows. Prepared,
 * because it is asked after each tap.
 */
const dueQueues = async ({ sql }: Database): Promise<string[]> => {
  const rows = await sql.query<{ name: string }>(
    'test-due-queues',
    `SELECT DISTINCT name FROM pgboss.job
     WHERE (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now() AND NOT blocked))
       AND name <> 'dead-letters' AND name NOT LIKE 'webhook-%' AND name NOT LIKE '\\_\\_pgboss%'`,
    [],
  )
  return rows.map(({ name }) => name)
}

/** Wakes the workers of these queues as pg-boss does for a new job: their app looks for due ones more rarely. */
const wake = async ({ sql }: Database, queues: string[]): Promise<void> => {
  await sql.query(
    'test-wake-queues',
    `SELECT pg_notify('pgboss_' || left(encode(sha224('pgboss'), 'hex'), 24), name) FROM unnest($1::text[]) AS queue (name)`,
    [queues],
  )
}

/**
 * Waits until nothing is on its way to anybody: no update, no call, and no job that is due. What comes later comes
 * because the clock is moved, or because somebody does something. A database out of reach has no jobs to run.
 */
export const quiet = async (telegram: Telegram, database: Database): Promise<void> => {
  const deadline = performance.now() + longestMs
  for (let looks = 0; ; looks += 1) {
    await telegram.idle(longestMs)
    const due = await dueQueues(database).catch(() => [])
    if (due.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`Not idle after ${longestMs} ms: jobs of ${due.join(', ')}`)
    // A new job has woken its worker already; one whose time has come has not.
    if (looks % 10 === 1) await wake(database, due).catch(() => {})
    await pause(10)
  }
}
