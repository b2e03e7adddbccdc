import { setTimeout as pause } from 'node:timers/promises'
import { updateEndpointHealth } from '#features/webhooks/endpoint-health.ts'
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
import type { GuardSettings } from '#features/webhooks/ssrf-guard.ts'
import { createEndpointLimiter } from './endpoint-limiter.ts'
import { createBatchWriter } from './batch-writer.ts'
import { attemptMs, createSender } from './send.ts'

export type DelivererDeps = AttemptDeps & { database: Database; enqueue: Enqueue; guard: GuardSettings }

export type Deliverer = {
  handle: BatchHandler<'webhook-delivery'>
  /** Gives what is under way a second, then cuts it off: it is made again. Closes every connection. */
  close(): Promise<void>
}

/** A delivery belongs to its attempt for so long; a job that comes meanwhile is put off until then. */
const leaseSeconds = attemptMs / 1000 + 5
/** After this a worker goes on with other deliveries, and the attempt goes on without it. */
const patienceMs = 1_000
/** Then its job comes back, for about then the next attempt may be due; the row says more exactly. */
const recheckSeconds = 5
const closeMs = 1_000

/**
 * Makes the attempts of `webhook-delivery` jobs. A pending delivery has one job at any time, and its own row says what
 * is to be done when that job runs. So a process may die at any point: the job comes again, and the worst that happens
 * is an event sent twice under the same `webhook-id`.
 */
export const createDeliverer = (deps: DelivererDeps): Deliverer => {
  const { database, clock, log } = deps
  const sender = createSender(deps.guard)
  const limiter = createEndpointLimiter()
  const underWay = new Set<Promise<unknown>>()
  /** Deliveries whose attempts nobody waits for, and when their leases end. */
  const detached = new Map<string, Date>()
  const stop = new AbortController()

  /** Keeps a promise until it ends, so that `close` can wait for it. Nobody else does: its failure is only logged. */
  const background = (work: Promise<unknown>, failed: (error: unknown) => void) => {
    const rest = work.catch(failed).finally(() => underWay.delete(rest))
    underWay.add(rest)
  }

  const record = createBatchWriter<AttemptResult>(async (results) => {
    const standing = await recordAttempts(database, results)
    // Not waited for: a lock on one endpoint's row must not hold up what is to be kept of others. What is lost in a
    // crash is judged again by the next attempt.
    for (const [endpointId, since] of standing) {
      const own = results.filter((result) => result.endpointId === endpointId)
      const judging = updateEndpointHealth(deps, { endpointId, results: own, since, now: clock.now() })
      background(judging, (error) => log.warn('webhook.endpoint-not-judged', { endpoint: endpointId, error }))
    }
  })

  /** Begins an attempt in its lane; `letGo` when nobody waits for it any more. */
  const begin = (delivery: Claimed, leaseUntil: Date) => {
    const { id, endpointId } = delivery
    const begun = performance.now()
    let slow = false
    let over = false
    limiter.started(endpointId)
    const run = async () => {
      try {
        const result = await makeAttempt(deps, sender, delivery, stop.signal)
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
        // It is made again when its job comes back: the lease has ended by then.
        if (!stop.signal.aborted) log.warn('webhook.attempt-lost', { delivery: id, error })
      })
    }
    return { running, detach }
  }

  const deliver = async (delivery: Claimed, leaseUntil: Date): Promise<Outcome> => {
    // Where somebody is waited for already, nobody waits twice.
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
        // Whoever only looks after an attempt that is under way takes nobody's place in the lane.
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
          // The same delivery twice in a batch is attempted once; ended, held and removed ones are in no answer.
          asked.delete(payload.deliveryId)
          if (!found) return 'done'
          return 'nextAt' in found ? { again: secondsUntil(found.nextAt, now) } : deliver(found, leaseUntil)
        }),
      )
    },
    close: async () => {
      await Promise.race([Promise.all(underWay), pause(closeMs, undefined, { ref: false })])
      stop.abort()
      // What ends may begin to judge its endpoint.
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
