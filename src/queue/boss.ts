import { PgBoss } from 'pg-boss'
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
import { createQueueWorkers } from './queue-workers.ts'
import { createRunner, type Handler } from './run-job.ts'
import { setUpQueues } from './set-up-queues.ts'
import { createSweeps, type Sweeps } from './sweeps.ts'
import { createUpkeep } from './upkeep.ts'

export type Jobs = {
  /**
   * Creates or updates the queues and starts pg-boss. Throws if the database is unavailable, and may then be called
   * again, as may `schedule`.
   */
  start(): Promise<void>
  /** Stops taking jobs and waits up to 6 s for running ones; unfinished jobs run again after the next start. */
  stop(): Promise<void>
  enqueue: Enqueue
  enqueueMany: EnqueueMany
  /** Has a queue's jobs done, `concurrency` at once (default 1). */
  work<Q extends QueueName>(queue: Q, handler: Handler<Q>, options?: { concurrency?: number }): void
  /**
   * The same by `concurrency` workers that fetch batches of up to `size` jobs, and fetch again immediately after a full batch.
   * Postponed jobs get the priority `postponed` if given, otherwise they keep their own.
   */
  workBatches<Q extends QueueName>(
    queue: Q,
    handler: BatchHandler<Q>,
    options: { size: number; concurrency: number; postponed?: number },
  ): void
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
  // A copy of what the embedded database gives: what is heard of it is this instance's own.
  const { db } = database.boss
  const boss = new PgBoss({
    ...database.boss,
    ...(db && { db: { ...db } }),
    ...limits,
    ...bossOptions(clock),
  })
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

  const workers = createQueueWorkers({ boss, duePoll, upkeep, metrics, log })

  let started = false
  const start = async (): Promise<void> => {
    await boss.start()
    await setUpQueues(boss)
    for (const { id, name } of boss.getWipData({ includeInternal: true }))
      duePoll.watch(name, () => boss.notifyWorker(id))
    duePoll.start()
    await setClock()
    started = true
  }
  const setClock = async (): Promise<void> => {
    if (clock) await setQueueClock(database, clock.aheadMs())
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
      workers.add(queue, {
        concurrency,
        work: (batch) => Promise.all(batch.map((job) => runner(queue, handler, job))),
      }),
    workBatches: (queue, handler, { size, concurrency, postponed }) =>
      workers.add(queue, {
        concurrency,
        work: (batch) => batchRunner(queue, handler, batch, postponed),
        batches: { batchSize: size, burstWhenBatchFull: true },
      }),
    followClock: async () => {
      if (started) await setClock()
    },
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
