import { AsyncResource } from 'node:async_hooks'
import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss'
import type { Log } from '#core/log.ts'
import type { Metrics } from '#core/metrics.ts'
import type { DuePoll } from './due-poll.ts'
import type { QueueName } from './queues.ts'
import type { Upkeep } from './upkeep.ts'

export type QueueWork = {
  concurrency: number
  work: (batch: JobWithMetadata[]) => Promise<JobResult[]>
  batches?: { batchSize?: number; burstWhenBatchFull?: boolean }
}

export type QueueWorkers = {
  /** Has the jobs of a queue done; once for each queue. */
  add(queue: QueueName, work: QueueWork): void
}

type Deps = {
  boss: PgBoss
  duePoll: DuePoll
  upkeep: Upkeep
  metrics: Metrics
  log: Log
}

const workerOptions = {
  perJobResults: true,
  includeMetadata: true,
  // NOTIFY announces new jobs and the due poll all others; this interval is a backstop for a fault in both, as the due poll has one
  // for queues without a worker.
  pollingIntervalSeconds: 10 * 60,
  notifyPollingIntervalSeconds: 10 * 60,
} as const

/**
 * Starts a queue's first worker when it has a job, and a further one whenever the newest has found its first: each costs a
 * fetch as it starts, and one with each NOTIFY of its queue, and most of the dozens of queues have no job for hours. One by
 * one, because pg-boss wakes a worker by its id, and returns only the first id of several.
 */
export const createQueueWorkers = ({ boss, duePoll, upkeep, metrics, log }: Deps): QueueWorkers => {
  /** How the first worker of each queue begins. */
  const first = new Map<string, () => void>()
  // A worker goes on for good, and must not do so in the context of whoever brought the first job.
  onNotify(
    boss.getDb(),
    AsyncResource.bind((queue: string) => first.get(queue)?.()),
  )

  const add = (queue: QueueName, { concurrency, work, batches = {} }: QueueWork): void => {
    if (first.has(queue)) return
    const options = { ...workerOptions, ...batches }
    let running = 0
    const begin = async (): Promise<void> => {
      running += 1
      let worker: string | undefined
      let newest = true
      try {
        const id = await boss.work<object, JobResult[], typeof options>(queue, options, async (batch) => {
          if (newest && running < concurrency) void begin()
          newest = false
          const results = await work(batch)
          upkeep.worked(batch.length)
          for (const { status } of results) metrics.job(queue, status)
          // A busy worker makes one thing of all the NOTIFYs that it misses: whoever had a job looks for the next one.
          // Without this a backlog would lose one job for each worker with each due poll.
          if (worker !== undefined) boss.notifyWorker(worker)
          return results
        })
        worker = id
        duePoll.watch(queue, () => boss.notifyWorker(id))
      } catch (error) {
        // Only once the queue has stopped.
        running -= 1
        log.debug('jobs.worker-not-started', { queue, error })
      }
    }
    const beginFirst = () => {
      if (running === 0) void begin()
    }
    first.set(queue, beginFirst)
    duePoll.watch(queue, beginFirst)
  }
  return { add }
}

/** Hears of each queue that has a new job, before pg-boss wakes the workers that it has. */
const onNotify = (db: ReturnType<PgBoss['getDb']>, heard: (queue: string) => void): void => {
  const listen = db.listen?.bind(db)
  if (!listen) return
  db.listen = (channel, onNotification, onReconnect) =>
    listen(
      channel,
      (queue) => {
        heard(queue)
        onNotification(queue)
      },
      onReconnect,
    )
}
