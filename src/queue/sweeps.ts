import type { Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import type { Enqueue, QueueName } from './queues.ts'
import type { Handler } from './run-job.ts'

/** Queues whose job is due every minute and has an empty payload. */
export type SweepQueue = Extract<
  QueueName,
  | 'routing-sweep'
  | 'push-sweep'
  | 'late-notices'
  | 'draft-reminders'
  | 'visit-reminders'
  | 'survey-invitations'
  | 'webhook-sweep'
  | 'audit-links'
  | 'bulk-viewing'
>

export type Sweeps = {
  /** Starts a worker of this queue, whose work is also done every minute once `start` was called. */
  add(queue: SweepQueue, handler: Handler<SweepQueue>): Promise<void>
  start(): Promise<void>
}

type SweepDeps = {
  database: Database
  log: Log
  enqueue: Enqueue
  /** As in `Jobs`. */
  work<Q extends SweepQueue | 'minute-sweeps'>(queue: Q, handler: Handler<Q>): Promise<void>
  schedule(
    queue: 'minute-sweeps',
    cron: string,
    timeZone: string,
    payload: Record<never, never>,
  ): Promise<void>
  unschedule(queues: readonly QueueName[]): Promise<void>
}

/**
 * What looks for work every minute, as one job: a job of each would cost the database four transactions a minute, found
 * work or not. They take turns; one that fails is left to its own queue, and holds up no other.
 */
export const createSweeps = ({ work, schedule, unschedule, enqueue, database, log }: SweepDeps): Sweeps => {
  const sweeps = new Map<SweepQueue, Handler<SweepQueue>>()
  return {
    add: async (queue, handler) => {
      await work(queue, handler)
      sweeps.set(queue, handler)
    },
    start: async () => {
      await work('minute-sweeps', async (_, job) => {
        for (const [queue, handler] of sweeps) {
          if (job.signal.aborted) return
          try {
            await handler({}, job)
          } catch (error) {
            log.warn('sweep.failed', { queue, error })
            await database.transaction((tx) => enqueue(tx, queue, {}))
          }
        }
      })
      await schedule('minute-sweeps', '* * * * *', 'UTC', {})
      // Each had a schedule of its own before ADR 53.
      await unschedule([...sweeps.keys()])
    },
  }
}
