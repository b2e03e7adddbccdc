import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { Payload, QueueName } from './queues.ts'

export type EnqueueOptions = {
  /** Not before: seconds from now, or a moment. */
  startAfter?: number | Date
  /** While a job with this key waits in the queue, a second one is not added. */
  singletonKey?: string
}

/** Adds a job inside the caller's transaction: it exists exactly when the transaction commits. */
export type Enqueue = <Q extends QueueName>(
  tx: Tx,
  queue: Q,
  payload: Payload<Q>,
  options?: EnqueueOptions,
) => Promise<void>

/** What a handler knows of its job; `attempt` counts from 1, `signal` aborts when the job's time is over. */
export type JobContext = { id: string; attempt: number; signal: AbortSignal }
/** Must be safe to repeat: a job whose process dies is run again. */
export type Handler<Q extends QueueName> = (payload: Payload<Q>, job: JobContext) => Promise<void>

export type Jobs = {
  /** Installs and opens the queues. Throws when the database is out of reach. */
  start(): Promise<void>
  /** Waits for running jobs (up to 8 s), then lets go; what was not done is run again later. */
  stop(): Promise<void>
  enqueue: Enqueue
  /** Starts a worker; `concurrency` jobs at once (1 unless told). */
  work<Q extends QueueName>(queue: Q, handler: Handler<Q>, options?: { concurrency?: number }): Promise<void>
  /** A recurring job: `cron` in the given time zone; once after a time that was missed. */
  schedule<Q extends QueueName>(queue: Q, cron: string, timeZone: string, payload: Payload<Q>): Promise<void>
}

/** Thrown by a handler: try again after this many seconds (Telegram's `retry_after`); costs no attempt. */
export class RetryAfter extends Error {
  override name = 'RetryAfter'
  readonly seconds: number

  constructor(seconds: number, options?: ErrorOptions) {
    super('retry later', options)
    this.seconds = seconds
  }
}

/** pg-boss on the same database: a queue, schedules, retries over about a day, and a dead-letter queue. */
export const createJobs = (_database: Database, _log: Log): Jobs => {
  throw new Error('not written yet')
}
