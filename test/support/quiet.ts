import { setTimeout as pause } from 'node:timers/promises'
import type { Telegram } from '#sandbox/telegram/telegram.ts'
import type { Database } from '#storage/database.ts'

/** A busy machine takes its time: a wait ends as soon as it may. */
const longestMs = 60_000

/** Queues with a job that is under way, or whose time has come; not those of webhooks, which no chat shows. */
const dueQueues = async ({ prisma }: Database): Promise<string[]> => {
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM pgboss.job
    WHERE (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now() AND NOT blocked))
      AND name <> 'dead-letters' AND name NOT LIKE 'webhook-%' AND name NOT LIKE '\\_\\_pgboss%'`
  return rows.map(({ name }) => name)
}

/**
 * Waits until nothing is on its way to anybody: no update, no call, and no job that is due. What comes later comes
 * because the clock is moved, or because somebody does something. A database out of reach has no jobs to run.
 */
export const quiet = async (telegram: Telegram, database: Database): Promise<void> => {
  const deadline = performance.now() + longestMs
  for (;;) {
    await telegram.idle(longestMs)
    const due = await dueQueues(database).catch(() => [])
    if (due.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`Not idle after ${longestMs} ms: jobs of ${due.join(', ')}`)
    await pause(10)
  }
}
