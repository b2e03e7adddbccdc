import { fromPrisma, type JobResult, type JobWithMetadata, type PgBoss } from 'pg-boss'
import { describeError, type Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { type Payload, type QueueName, queues } from './queues.ts'

/** A handler's view of its job: `attempt` counts from 1, `signal` aborts when the worker loses the job. */
export type JobContext = { id: string; attempt: number; signal: AbortSignal }
/** Must be idempotent: a job whose process dies is run again. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>, job: JobContext) => Promise<void>

/** Thrown by a handler to retry after this many seconds (Telegram's `retry_after`) without using up an attempt. */
export class RetryAfter extends Error {
  override name = 'RetryAfter'
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super('retry later', options)
    this.seconds = seconds
  }
}

/**
 * A payload that this version does not know is, in an overlap, the work of a newer one: it fails and is tried again, ever
 * more rarely, for about a day, like any other job. Only then it is a dead letter.
 */
export const leaveUnreadable = (
  log: Log,
  { id, retryCount, retryLimit }: JobWithMetadata,
  context: Record<string, unknown>,
): JobResult => {
  log[retryCount >= retryLimit ? 'error' : 'warn']('job.unreadable', context)
  return { id, status: 'failed', output: { name: 'UnreadablePayload' } }
}

type Runner = <Q extends QueueName>(queue: Q, handler: Handler<Q>, job: JobWithMetadata) => Promise<JobResult>

/** Runs one job. Records only the name and stack of a failure, because its message may quote user data. */
export const createRunner = (boss: PgBoss, database: Database, log: Log): Runner => {
  /** Replaces a job with a delayed copy, in one transaction, so that it is neither lost nor duplicated. */
  const postpone = (queue: QueueName, job: JobWithMetadata, seconds: number) =>
    database.transaction(async (tx) => {
      const db = fromPrisma(tx)
      const done: { affected?: number } = await boss.complete(queue, job, { postponed: seconds }, { db })
      // Another process has taken the job over, because this one missed its heartbeat.
      if (done.affected === 0) return
      await boss.send(queue, job.data, {
        startAfter: Math.max(1, Math.ceil(seconds)),
        priority: job.priority,
        ...(job.groupId && { group: { id: job.groupId } }),
        db,
      })
    })

  return async (queue, handler, job) => {
    const context = { queue, job: job.id, attempt: job.retryCount + 1 }
    const payload = queues[queue].safeParse(job.data)
    if (!payload.success) return leaveUnreadable(log, job, context)
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
