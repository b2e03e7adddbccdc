import type { Log } from '#core/log.ts'
import { type Metrics, noMetrics } from '#core/metrics.ts'
import { createAnythingDue, type Rows } from '#storage/anything-due.ts'
import type { Database } from '#storage/database.ts'
import type { Enqueue, QueueName } from './queues.ts'
import type { Handler, JobContext } from './run-job.ts'
import { endsWithin } from './ends-within.ts'

/** Queues whose job is due every minute and has an empty payload. */
export type SweepQueue = Extract<
  QueueName,
  | 'routing-sweep'
  | 'push-sweep'
  | 'late-notices'
  | 'draft-reminders'
  | 'together-ends'
  | 'visit-reminders'
  | 'survey-invitations'
  | 'webhook-sweep'
  | 'audit-links'
  | 'bulk-viewing'
>

export type Sweeps = {
  /**
   * Has the jobs of this queue done; its work is also done every minute once `start` was called: if `found` is given, only where it
   * finds anything.
   */
  add(queue: SweepQueue, handler: Handler<SweepQueue>, found?: () => readonly Rows[]): void
  start(): Promise<void>
  /** Waits a little for what took longer than its time, so that it does not meet a closed database. */
  stop(): Promise<void>
}

type SweepDeps = {
  metrics?: Metrics
  limitMs?: number | undefined
  database: Database
  log: Log
  enqueue: Enqueue
  /** As in `Jobs`. */
  work<Q extends SweepQueue | 'minute-sweeps'>(queue: Q, handler: Handler<Q>): void
  everyMinute(queue: 'minute-sweeps'): void
  unschedule(queues: readonly QueueName[]): Promise<void>
}

/** After this long (ms) the others go on; what is still under way is told to stop, and is not begun a second time. */
const defaultSweepLimitMs = 10_000

/** How long (ms) a stop waits for what is under way. */
const stopMs = 1_500

/**
 * What looks for work every minute, as one job: a job of each would cost the database four transactions a minute, found
 * work or not. They take turns, each with its own transactions and for a limited time: one that is slow or fails holds up no
 * other. One that fails is left to its own queue, which tries it again.
 */
export const createSweeps = ({
  work,
  everyMinute,
  unschedule,
  enqueue,
  database,
  log,
  metrics = noMetrics,
  limitMs = defaultSweepLimitMs,
}: SweepDeps): Sweeps => {
  const sweeps = new Map<SweepQueue, Handler<SweepQueue>>()
  const questions = new Map<SweepQueue, () => readonly Rows[]>()
  const underWay = new Map<SweepQueue, { ended: Promise<void>; stop: () => void }>()

  const begin = (queue: SweepQueue, handler: Handler<SweepQueue>, job: JobContext): Promise<void> => {
    const stopper = new AbortController()
    const signal = AbortSignal.any([job.signal, stopper.signal])
    const ended = leaveIfFailed(queue, () => handler({}, { ...job, signal })).finally(() =>
      underWay.delete(queue),
    )
    // Of what fails after its time, only this hears.
    ended.catch(() => undefined)
    underWay.set(queue, { ended, stop: () => stopper.abort() })
    return ended
  }

  /** Throws only if not even its own queue could be told. */
  const leaveIfFailed = async (queue: SweepQueue, run: () => Promise<void>): Promise<void> => {
    try {
      await run()
    } catch (error) {
      log.warn('sweep.failed', { queue, error })
      metrics.job(queue, 'failed')
      await database.transaction((tx) => enqueue(tx, queue, {}))
    }
  }

  /** Waits for a sweep as long as it may take. */
  const take = async (queue: SweepQueue, handler: Handler<SweepQueue>, job: JobContext): Promise<void> => {
    if (!underWay.has(queue) && (await endsWithin(begin(queue, handler, job), limitMs))) return
    underWay.get(queue)?.stop()
    log.warn('sweep.slow', { queue, limitMs })
    metrics.job(queue, 'slow')
  }

  /** Those that have to look: what finds nothing would cost a transaction each. If they cannot be told, all look. */
  const withWork = async (
    anythingDue: () => Promise<Set<string>>,
  ): Promise<[SweepQueue, Handler<SweepQueue>][]> => {
    const due = await anythingDue().catch((error: unknown) => {
      log.warn('sweeps.not-asked', { error })
      return null
    })
    return [...sweeps].filter(([queue]) => due === null || due.has(queue) || !questions.has(queue))
  }

  return {
    add: (queue, handler, found) => {
      work(queue, handler)
      sweeps.set(queue, handler)
      if (found) questions.set(queue, found)
    },
    start: async () => {
      const anythingDue = createAnythingDue(database, questions)
      work('minute-sweeps', async (_, job) => {
        const failures: unknown[] = []
        for (const [queue, handler] of await withWork(anythingDue)) {
          if (job.signal.aborted) return
          await take(queue, handler, job).catch((error: unknown) => failures.push(error))
        }
        if (failures.length > 0) throw failures[0]
      })
      everyMinute('minute-sweeps')
      // Each had a schedule of its own before ADR 53, and all together until ADR 124.
      await unschedule(['minute-sweeps', ...sweeps.keys()])
    },
    stop: async () => {
      const left = [...underWay.values()]
      for (const one of left) one.stop()
      await endsWithin(Promise.allSettled(left.map(({ ended }) => ended)), stopMs)
    },
  }
}
