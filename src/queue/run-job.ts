import { fromPrisma, type JobResult, type JobWithMetadata, type PgBoss } from 'pg-boss'
import { describeError, type Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { type Payload, type QueueName, queues } from './queues.ts'

/** What a handler knows of its job; `attempt` counts from 1, `signal` aborts when the job is no longer its own. */
export type JobContext = { id: string; attempt: number; signal: AbortSignal }
/** Must be safe to repeat: a job whose process dies is run again. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>, job: JobContext) => Promise<void>

/** Thrown by a handler: try again after this many seconds (Telegram's `retry_after`); costs no attempt. */
export class RetryAfter extends Error {
  override name = 'RetryAfter'
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super('retry later', options)
    this.seconds = seconds
  }
}

type Runner = <Q extends QueueName>(queue: Q, handler: Handler<Q>, job: JobWithMetadata) => Promise<JobResult>

/** Runs one job. What is kept of a failure is its name and place, for a message may quote a person. */
export const createRunner = (boss: PgBoss, database: Database, log: Log): Runner => {
  /** The same job again, later, in place of this one; atomically, so that neither none nor two are left. */
  const postpone = (queue: QueueName, job: JobWithMetadata, seconds: number) =>
    database.transaction(async (tx) => {
      const db = fromPrisma(tx)
      const done: { affected?: number } = await boss.complete(queue, job, { postponed: seconds }, { db })
      // Another process holds the job by now, after this one had been silent for too long.
      if (done.affected === 0) return
      await boss.send(queue, job.data, { startAfter: Math.max(1, Math.ceil(seconds)), db })
    })

  return async (queue, handler, job) => {
    const context = { queue, job: job.id, attempt: job.retryCount + 1 }
    const payload = queues[queue].safeParse(job.data)
    if (!payload.success) {
      log.error('job.unreadable', context)
      return { id: job.id, status: 'deadletter', output: { name: 'UnreadablePayload' } }
    }
    try {
      await handler(payload.data as Payload<typeof queue>, {
        id: job.id,
        attempt: context.attempt,
        signal: job.signal,
      })
      return { id: job.id, status: 'completed' }
    } catch (error) {
      if (error instanceof RetryAfter) {
        log.info('job.postponed', { ...context, seconds: error.seconds })
        await postpone(queue, job, error.seconds)
        return { id: job.id, status: 'completed' }
      }
      const last = job.retryCount >= job.retryLimit
      log[last ? 'error' : 'warn'](last ? 'job.given-up' : 'job.failed', { ...context, error })
      return { id: job.id, status: 'failed', output: describeError(error) }
    }
  }
}
