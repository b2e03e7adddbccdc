import { setTimeout as pause } from 'node:timers/promises'
import type { Metrics } from '#core/metrics.ts'
import { updateEndpointHealth } from '#features/webhooks/endpoint-health.ts'
import type { GuardSettings } from '#features/webhooks/ssrf-guard.ts'
import type { BatchHandler, Outcome } from '#queue/batches.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import {
  type AttemptResult,
  type Claimed,
  claimDeliveries,
  recordAttempts,
} from '#storage/webhooks/webhook-attempts.ts'
import { type AttemptDeps, makeAttempt } from './attempt.ts'
import { createBatchWriter } from './batch-writer.ts'
import { createEndpointLimiter } from './endpoint-limiter.ts'
import { attemptMs, createSender } from './send.ts'

export type DelivererDeps = AttemptDeps & {
  database: Database
  enqueue: Enqueue
  guard: GuardSettings
  metrics: Metrics
}

export type Deliverer = {
  handle: BatchHandler<'webhook-delivery'>
  /**
   * Waits up to a second for attempts in progress, then aborts them; they are retried later. Closes all connections.
   */
  close(): Promise<void>
}

/** The lease of an attempt; a job for the same delivery is postponed until it ends. */
const leaseSeconds = attemptMs / 1000 + 5
/** How long a worker waits; after that the attempt continues in the background. */
const patienceMs = 1_000
/**
 * The job of a background attempt returns after this, when the next attempt may be due; the row has the exact time.
 */
const recheckSeconds = 5
const closeMs = 1_000

/**
 * Handles `webhook-delivery` jobs. A pending delivery has exactly one job at any time, and its row says what to do
 * when that job runs. The process may die at any point: the job runs again, and at worst an event is sent twice with
 * the same `webhook-id`.
 */
export const createDeliverer = (deps: DelivererDeps): Deliverer => {
  const { database, clock, metrics, log } = deps
  const sender = createSender(deps.guard)
  const limiter = createEndpointLimiter()
  const underWay = new Set<Promise<unknown>>()
  /** Deliveries with attempts in the background, and the ends of their leases. */
  const detached = new Map<string, Date>()
  const stop = new AbortController()

  /** Tracks a promise so that `close` can wait for it. Failures are only logged. */
  const background = (work: Promise<unknown>, failed: (error: unknown) => void) => {
    const rest = work.catch(failed).finally(() => underWay.delete(rest))
    underWay.add(rest)
  }

  const record = createBatchWriter<AttemptResult>(async (results) => {
    const standing = await recordAttempts(database, results)
    // Not awaited: a lock on one endpoint's row must not delay the results of others. If a crash loses the decision,
    // the next attempt repeats it.
    for (const [endpointId, since] of standing) {
      const own = results.filter((result) => result.endpointId === endpointId)
      const judging = updateEndpointHealth(deps, { endpointId, results: own, since, now: clock.now() })
      background(judging, (error) => log.warn('webhook.endpoint-not-judged', { endpoint: endpointId, error }))
    }
  })

  /** Begins an attempt; call `detach` to leave it running in the background. */
  const begin = (delivery: Claimed, leaseUntil: Date) => {
    const { id, endpointId } = delivery
    const begun = performance.now()
    let slow = false
    let over = false
    limiter.started(endpointId)
    const run = async () => {
      try {
        const result = await makeAttempt(deps, sender, delivery, stop.signal)
        metrics.attempt(result.outcome, result.durationMs / 1000)
        await record(result)
        return result.nextAt
      } finally {
        over = true
        detached.delete(id)
        limiter.finished(endpointId, (performance.now() - begun) / 1000, slow)
      }
    }
    const running = run()
    const detach = () => {
      if (over) return
      slow = true
      detached.set(id, leaseUntil)
      limiter.markSlow(endpointId)
      background(running, (error) => {
        // The job retries it: the lease has expired by then.
        if (!stop.signal.aborted) log.warn('webhook.attempt-lost', { delivery: id, error })
      })
    }
    return { running, detach }
  }

  const deliver = async (delivery: Claimed, leaseUntil: Date): Promise<Outcome> => {
    // A slow endpoint that already occupies a worker gets no second one.
    const patience = limiter.isSlow(delivery.endpointId) ? 0 : patienceMs
    const { running, detach } = begin(delivery, leaseUntil)
    try {
      const nextAt = await settledWithin(patience, running)
      if (nextAt === 'late') {
        detach()
        return { again: recheckSeconds }
      }
      return nextAt ? { again: secondsUntil(nextAt, clock.now()) } : 'done'
    } catch (failed) {
      return stop.signal.aborted ? { again: leaseSeconds } : { failed }
    }
  }

  return {
    handle: async (jobs) => {
      const now = clock.now()
      const leaseUntil = new Date(now.getTime() + leaseSeconds * 1000)
      const waits = jobs.map(({ payload, group }) => {
        // A job that only checks on a background attempt takes no capacity of the endpoint.
        const until = detached.get(payload.deliveryId)
        return until ? secondsUntil(until, now) : limiter.waitSeconds(group)
      })
      const asked = await claimDeliveries(database, {
        ids: jobs.filter((_, n) => waits[n] === null).map(({ payload }) => payload.deliveryId),
        now,
        leaseUntil,
      })
      return Promise.all(
        jobs.map(async ({ payload }, n): Promise<Outcome> => {
          const wait = waits[n] ?? null
          if (wait !== null) return { again: wait }
          const found = asked.get(payload.deliveryId)
          // A delivery that is twice in a batch is attempted once; ended, paused and deleted ones are not returned.
          asked.delete(payload.deliveryId)
          if (!found) return 'done'
          return 'nextAt' in found ? { again: secondsUntil(found.nextAt, now) } : deliver(found, leaseUntil)
        }),
      )
    },
    close: async () => {
      await Promise.race([Promise.all(underWay), pause(closeMs, undefined, { ref: false })])
      stop.abort()
      // A finished attempt may start an evaluation of its endpoint.
      while (underWay.size > 0) await Promise.all(underWay)
      await sender.close()
    },
  }
}

const secondsUntil = (moment: Date, now: Date): number => (moment.getTime() - now.getTime()) / 1000

const settledWithin = async <T>(ms: number, work: Promise<T>): Promise<T | 'late'> => {
  const over = new AbortController()
  try {
    return await Promise.race([work, pause(ms, 'late' as const, { signal: over.signal })])
  } finally {
    over.abort()
  }
}
