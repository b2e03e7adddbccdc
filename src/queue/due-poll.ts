import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { dueQueues } from '#storage/due-queues.ts'

export type DuePoll = {
  /** `wake` is called when the queue has a due job. */
  watch(queue: string, wake: () => void): void
  start(): void
  stop(): Promise<void>
}

/** A due job begins within two seconds; most of an idle app's transactions are these polls. */
export const defaultDuePollMs = 1_600

/**
 * Wakes workers for due jobs: scheduled ones, retries, and those whose NOTIFY was lost. pg-boss would poll once for each
 * worker; this polls all queues with one statement. What is asked of the database in `alongside` leaves with it.
 */
export const createDuePoll = (
  database: Database,
  log: Log,
  intervalMs: number,
  alongside: () => void = () => {},
): DuePoll => {
  const wakes = new Map<string, (() => void)[]>()
  /** Made once: it would be most of what a poll costs. */
  let names = ''
  let timer: NodeJS.Timeout | undefined
  let polling: Promise<void> | undefined
  let stopped = false
  let failing = false

  const poll = async (): Promise<void> => {
    try {
      const due = dueQueues(database, names)
      alongside()
      for (const queue of await due) for (const wake of wakes.get(queue) ?? []) wake()
      failing = false
    } catch (error) {
      // Logged once per outage.
      if (!failing) log.warn('jobs.due-poll-failed', { error })
      failing = true
    }
    if (!stopped) pollLater()
  }

  // A bare timer: a wait that an AbortSignal ends costs more than the statement.
  const pollLater = (): void => {
    timer = setTimeout(() => {
      polling = poll()
    }, intervalMs)
  }

  return {
    watch: (queue, wake) => {
      wakes.set(queue, [...(wakes.get(queue) ?? []), wake])
      names = [...wakes.keys()].join(' ')
    },
    start: pollLater,
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await polling
    },
  }
}
