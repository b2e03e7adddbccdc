import { fromPrisma, type JobResult, type JobWithMetadata, type PgBoss } from 'pg-boss'
import { describeError, type Log } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { type Payload, type QueueName, queues } from './queues.ts'
import { leaveUnreadable } from './run-job.ts'

/** The outcome of one job. `again`: run it again after this many seconds, without using up an attempt. */
export type Outcome = 'done' | { again: number } | { failed: unknown }

/** Handles several jobs at once and returns their outcomes in the same order. Must be idempotent. */
export type BatchHandler<Q extends QueueName> = (
  jobs: readonly { payload: Payload<Q>; group: string }[],
) => Promise<Outcome[]>

type BatchRunner = <Q extends QueueName>(
  queue: Q,
  handler: BatchHandler<Q>,
  batch: readonly JobWithMetadata[],
  /** Priority of postponed jobs; default: the job's own. */
  priority?: number,
) => Promise<JobResult[]>

/** The batch counterpart of `createRunner`: records only the name and stack of a failure. */
export const createBatchRunner = (boss: PgBoss, database: Database, log: Log): BatchRunner => {
  /** Replaces jobs with delayed copies, in one transaction, so that no job is lost or duplicated. */
  const postpone = (
    queue: QueueName,
    jobs: readonly { job: JobWithMetadata; seconds: number }[],
    priority?: number,
  ) =>
    database.transaction(async (tx) => {
      const db = fromPrisma(tx)
      const all = jobs.map(({ job }) => job)
      const { settled = [] }: { settled?: string[] } = await boss.complete(
        queue,
        all,
        { postponed: true },
        { db },
      )
      // The others have been taken over by another process, because this one missed its heartbeat.
      const own = jobs.filter(({ job }) => settled.includes(job.id))
      if (own.length === 0) return
      await boss.insert(
        queue,
        own.map(({ job, seconds }) => ({
          data: job.data,
          startAfter: Math.max(1, Math.ceil(seconds)),
          priority: priority ?? job.priority,
          ...(job.groupId && { group: { id: job.groupId } }),
        })),
        { db },
      )
    })

  /** Runs the handler and postpones jobs where it asks to. If the handler throws, every job has failed. */
  const settled = async <Q extends QueueName>(
    queue: Q,
    handler: BatchHandler<Q>,
    jobs: readonly { job: JobWithMetadata; given: { payload: Payload<Q>; group: string } }[],
    priority?: number,
  ): Promise<Outcome[]> => {
    try {
      const outcomes = await handler(jobs.map(({ given }) => given))
      const later = jobs.flatMap(({ job }, n) => {
        const outcome = outcomes[n]
        return typeof outcome === 'object' && 'again' in outcome ? [{ job, seconds: outcome.again }] : []
      })
      if (later.length > 0) await postpone(queue, later, priority)
      return outcomes
    } catch (failed) {
      return jobs.map(() => ({ failed }))
    }
  }

  return async (queue, handler, batch, priority) => {
    const read = batch.map((job) => ({ job, payload: queues[queue].safeParse(job.data) }))
    const readable = read.flatMap(({ job, payload }) =>
      payload.success
        ? [{ job, given: { payload: payload.data as Payload<typeof queue>, group: job.groupId ?? '' } }]
        : [],
    )
    const outcomes = await settled(queue, handler, readable, priority)
    const of = new Map(readable.map(({ job }, n) => [job.id, outcomes[n]]))

    return read.map(({ job, payload }): JobResult => {
      const context = { queue, job: job.id, attempt: job.retryCount + 1 }
      if (!payload.success) return leaveUnreadable(log, job, context)
      const outcome = of.get(job.id)
      if (typeof outcome !== 'object' || !('failed' in outcome)) return { id: job.id, status: 'completed' }
      const last = job.retryCount >= job.retryLimit
      log[last ? 'error' : 'warn'](last ? 'job.given-up' : 'job.failed', {
        ...context,
        error: outcome.failed,
      })
      return { id: job.id, status: 'failed', output: describeError(outcome.failed) }
    })
  }
}
