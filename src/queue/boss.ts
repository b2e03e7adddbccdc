import { type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import { systemClock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { type Metrics, noMetrics } from '#core/metrics.ts'
import type { Database, Tx } from '#storage/database.ts'
import { directText } from '#storage/direct.ts'
import { setQueueClock } from '#storage/queue-clock.ts'
import { type BatchHandler, createBatchRunner } from './batches.ts'
import { type AheadClock, bossOptions } from './boss-options.ts'
import { createDuePoll, defaultDuePollMs } from './due-poll.ts'
import { endsWithin } from './ends-within.ts'
import { createMinutes } from './every-minute.ts'
import { type Enqueue, type EnqueueMany, type Payload, type QueueName, queues } from './queues.ts'
import { createRunner, type Handler } from './run-job.ts'
import { setUpQueues } from './set-up-queues.ts'
import { createSweeps, type Sweeps } from './sweeps.ts'
import { createUpkeep } from './upkeep.ts'

export type Jobs = {
  /**
   * Creates or updates the queues and starts pg-boss. Throws if the database is unavailable, and may then be called
   * again, as may `work`, `workBatches` and `schedule`.
   */
  start(): Promise<void>
  /** Stops taking jobs and waits up to 6 s for running ones; unfinished jobs run again after the next start. */
  stop(): Promise<void>
  enqueue: Enqueue
  enqueueMany: EnqueueMany
  /** Starts a worker for `concurrency` jobs at once (default 1). */
  work<Q extends QueueName>(queue: Q, handler: Handler<Q>, options?: { concurrency?: number }): Promise<void>
  /**
   * Starts `concurrency` workers that fetch batches of up to `size` jobs, and fetch again immediately after a full batch.
   * Postponed jobs get the priority `postponed` if given, otherwise they keep their own.
   */
  workBatches<Q extends QueueName>(
    queue: Q,
    handler: BatchHandler<Q>,
    options: { size: number; concurrency: number; postponed?: number },
  ): Promise<void>
  /** Sets the queue's clock to the one that was given to `createJobs`, after a move; without one, does nothing. */
  followClock(): Promise<void>
  /** Schedules a recurring job: `cron` in the given time zone; missed occurrences are caught up with one run. */
  schedule<Q extends QueueName>(queue: Q, cron: string, timeZone: string, payload: Payload<Q>): Promise<void>
  /** Once a minute a job of this queue, with an empty payload, of all instances together. */
  everyMinute(queue: 'minute-sweeps'): void
  /** Removes the schedules of these queues, if there are any. */
  unschedule(queues: readonly QueueName[]): Promise<void>
  /** What recurs every minute. */
  sweeps: Sweeps
}

/** How long (ms) a stop waits for jobs under way, and before them for looks at the queues: what a dead network keeps open ends with the process. */
const stopMs = 6_000
const looksMs = 1_000

const workerOptions = {
  perJobResults: true,
  includeMetadata: true,
  // NOTIFY announces new jobs and the due poll all others; this interval is a backstop for a fault in both.
  pollingIntervalSeconds: 10 * 60,
  notifyPollingIntervalSeconds: 10 * 60,
} as const

/** pg-boss in the caller's transaction, as its own `fromPrisma` does through Prisma. */
const within = (tx: Tx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({ rows: await directText(tx, text, values) }),
})

type JobsOptions = {
  /** How often due jobs are looked for. */
  duePollMs?: number | undefined
  /** The sandbox's clock, which is ahead of the database's; otherwise the queue runs on the database's. */
  clock?: AheadClock | undefined
  metrics?: Metrics
  /** False: nothing is scheduled; for tests, in which a minute may end at any moment. */
  recurring?: boolean | undefined
  /** How long (ms) one sweep may keep the others waiting. */
  sweepLimitMs?: number | undefined
  /** pg-boss' own migrations may take long. */
  unlimited?: boolean
}

/** Runs pg-boss on the same database: queues, schedules, retries, and a dead-letter queue for inspection. */
export const createJobs = (
  database: Database,
  log: Log,
  {
    duePollMs = defaultDuePollMs,
    clock,
    metrics = noMetrics,
    recurring = true,
    sweepLimitMs,
    unlimited = false,
  }: JobsOptions = {},
): Jobs => {
  const limits = unlimited ? { statement_timeout: 0, query_timeout: 0 } : {}
  const boss = new PgBoss({ ...database.boss, ...limits, ...bossOptions(clock) })
  const onError = (error: unknown) => log.error('jobs.error', { error })
  boss.on('error', onError)
  boss.on('warning', ({ message }) => log.warn('jobs.warning', { warning: message }))
  const runner = createRunner(boss, database, log)
  const batchRunner = createBatchRunner(boss, database, log)
  const upkeep = createUpkeep(boss, database, onError)
  let minutely: QueueName | undefined
  const minutes = createMinutes(
    async (minute) => {
      if (minutely) await boss.send(minutely, {}, { singletonKey: String(minute), singletonSeconds: 60 * 60 })
    },
    () => (clock ?? systemClock).now().getTime(),
    onError,
  )
  const duePoll = createDuePoll(database, log, duePollMs, () => {
    upkeep.beat()
    if (minutely) minutes.beat()
  })

  const running = new Map<QueueName, number>()

  /**
   * Starts one worker, and a further one whenever the newest has found its first job: each costs a fetch as it starts, and one
   * with each NOTIFY of its queue. One by one, because pg-boss wakes a worker by its id, and returns only the first id of
   * several.
   */
  const startWorkers = async (
    queue: QueueName,
    concurrency: number,
    work: (batch: JobWithMetadata[]) => Promise<JobResult[]>,
    batches: { batchSize?: number; burstWhenBatchFull?: boolean } = {},
  ): Promise<void> => {
    if (running.has(queue)) return
    const options = { ...workerOptions, ...batches }
    const add = async (): Promise<void> => {
      running.set(queue, (running.get(queue) ?? 0) + 1)
      let worker: string | undefined
      let newest = true
      const id = await boss.work<object, JobResult[], typeof options>(queue, options, async (batch) => {
        if (newest && (running.get(queue) ?? 0) < concurrency)
          // Refused once the queue stops.
          add().catch((error: unknown) => log.debug('jobs.worker-not-started', { queue, error }))
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
    }
    await add()
  }

  let started = false
  const start = async (): Promise<void> => {
    await boss.start()
    await setUpQueues(boss)
    for (const { id, name } of boss.getWipData({ includeInternal: true }))
      duePoll.watch(name, () => boss.notifyWorker(id))
    duePoll.start()
    started = true
    await followClock()
  }
  const followClock = async (): Promise<void> => {
    if (clock && started) await setQueueClock(database, clock.aheadMs())
  }

  const jobs: Omit<Jobs, 'sweeps'> = {
    start: async () => {
      if (started) return
      try {
        await start()
      } catch (error) {
        // Half started: its timers and its pool must not stay beside those of the next attempt.
        await boss.stop({ graceful: false }).catch(() => undefined)
        throw error
      }
    },
    stop: async () => {
      // Each may wait for an answer, too, and workers are told to stop all the same.
      const looked = Promise.all([duePoll.stop(), minutes.stop(), upkeep.stop()])
      const ended = await endsWithin(looked, looksMs)
      if (!(await endsWithin(boss.stop({ graceful: true, timeout: stopMs }), stopMs + 500)) || !ended)
        log.warn('jobs.stop-took-too-long')
    },
    enqueue: async (tx, queue, payload, { group, ...options } = {}) => {
      const together = group === undefined ? {} : { group: { id: group } }
      await boss.send(queue, queues[queue].parse(payload), { ...options, ...together, db: within(tx) })
    },
    enqueueMany: async (tx, queue, jobs) => {
      if (jobs.length === 0) return
      await boss.insert(
        queue,
        jobs.map(({ payload, group, ...options }) => ({
          data: queues[queue].parse(payload),
          ...options,
          ...(group !== undefined && { group: { id: group } }),
        })),
        { db: within(tx) },
      )
    },
    work: (queue, handler, { concurrency = 1 } = {}) =>
      startWorkers(queue, concurrency, (batch) =>
        Promise.all(batch.map((job) => runner(queue, handler, job))),
      ),
    workBatches: (queue, handler, { size, concurrency, postponed }) =>
      startWorkers(queue, concurrency, (batch) => batchRunner(queue, handler, batch, postponed), {
        batchSize: size,
        burstWhenBatchFull: true,
      }),
    followClock,
    schedule: async (queue, cron, timeZone, payload) => {
      if (recurring)
        await boss.schedule(queue, cron, queues[queue].parse(payload), { tz: timeZone, missed: 'once' })
    },
    everyMinute: (queue) => {
      if (recurring) minutely = queue
    },
    unschedule: async (unwanted) => {
      const names: readonly string[] = unwanted
      for (const { name } of await boss.getSchedules()) if (names.includes(name)) await boss.unschedule(name)
    },
  }
  const sweeps = createSweeps({ ...jobs, database, log, metrics, limitMs: sweepLimitMs })
  const stop = async () => {
    await jobs.stop()
    await sweeps.stop()
  }
  return { ...jobs, stop, sweeps }
}
