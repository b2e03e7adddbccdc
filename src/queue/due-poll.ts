import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { dueQueues } from '#storage/due-queues.ts'

export type DuePoll = {
  /** `wake` is called when the queue has a job whose time has come. */
  watch(queue: string, wake: () => void): void
  start(): void
  stop(): Promise<void>
}

/** What is due begins within two seconds, and the look is most of what an idle app asks of its database. */
const intervalMs = 1_200

/**
 * Wakes workers for jobs whose moment has come: scheduled ones, retries, and those whose NOTIFY was lost. pg-boss would
 * ask for each worker of each queue; here one statement asks for all of them.
 */
export const createDuePoll = (database: Database, log: Log): DuePoll => {
  const wakes = new Map<string, (() => void)[]>()
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let failing = false

  const look = async (): Promise<void> => {
    try {
      for (const queue of await dueQueues(database, [...wakes.keys()]))
        for (const wake of wakes.get(queue) ?? []) wake()
      failing = false
    } catch (error) {
      // Once an outage, not once a second of it.
      if (!failing) log.warn('jobs.due-poll-failed', { error })
      failing = true
    }
  }

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (!stopping.signal.aborted && wakes.size > 0) await look()
    }
  }

  return {
    watch: (queue, wake) => {
      wakes.set(queue, [...(wakes.get(queue) ?? []), wake])
    },
    start: () => {
      running ??= run()
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
