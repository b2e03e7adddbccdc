import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { dueQueues } from '#storage/due-queues.ts'

export type DuePoll = {
  /** `wake` is called when the queue has a due job; of a queue that is new here, soon, if it has one already. */
  watch(queue: string, wake: () => void): void
  start(): void
  stop(): Promise<void>
}

/** A due job begins within two seconds; most of an idle app's transactions are these polls. */
export const defaultDuePollMs = 1_600
/** A start adds dozens of queues, one after the other. */
const soonMs = 20
/** While polls fail for so long, every queue is looked at as if it had a due job. */
const blindMs = 10 * 60_000

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
  let started = false
  /** A queue was added since the last poll began. */
  let added = false
  let stopped = false
  let failing = false
  let answeredAt = performance.now()

  const poll = async (): Promise<void> => {
    added = false
    try {
      const due = dueQueues(database, names)
      alongside()
      for (const queue of await due) for (const wake of wakes.get(queue) ?? []) wake()
      failing = false
      answeredAt = performance.now()
    } catch (error) {
      if (performance.now() - answeredAt > blindMs) {
        answeredAt = performance.now()
        for (const each of wakes.values()) for (const wake of each) wake()
      }
      // Logged once per outage.
      if (!failing) log.warn('jobs.due-poll-failed', { error })
      failing = true
    }
    if (!stopped) pollAfter(added ? soonMs : intervalMs)
  }

  // A bare timer: a wait that an AbortSignal ends costs more than the statement.
  const pollAfter = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      polling = poll()
    }, ms)
  }

  return {
    watch: (queue, wake) => {
      wakes.set(queue, [...(wakes.get(queue) ?? []), wake])
      if (wakes.get(queue)?.length !== 1) return
      names = [...wakes.keys()].join(' ')
      added = true
      // Together with those that follow; a poll under way is followed by another one.
      if (started && !stopped && timer) pollAfter(soonMs)
    },
    start: () => {
      started = true
      pollAfter(soonMs)
    },
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await polling
    },
  }
}
