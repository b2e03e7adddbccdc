import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sha256 } from '#core/ids.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { isLockTimeout } from '#storage/errors.ts'
import {
  findIdempotentAnswer,
  type IdempotentAnswer,
  saveIdempotentAnswer,
  claimIdempotencyKey,
} from '#storage/idempotent-answers.ts'
import type { Tx } from '#storage/database.ts'
import type { ApiDeps } from './api-deps.ts'
import { HttpProblem } from './problems.ts'

export const idempotencyHeader = {
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'Makes the call safe to retry for 24 hours: it is executed once, and every retry gets the same response.',
    ),
}

type Done = { body: unknown; revision?: number; location?: string }
type Work<D extends Done> = (tx: Tx) => Promise<D>

/**
 * Executes a call once per `Idempotency-Key`. The key, the changes and the response are committed in one
 * transaction. Stores a hash of the key, because a client may put personal data into it, and seals the response.
 * Errors are not stored: the same key can be retried.
 */
export const createIdempotentRunner = ({ database, sealer }: ApiDeps) => {
  /** Calls in flight in this process: a concurrent duplicate waits for the first without taking a connection. */
  const underWay = new Map<string, { print: string; done: Promise<Done> }>()

  return async <D extends Done>(
    request: FastifyRequest,
    { caller, now }: { caller: Caller; now: Date },
    work: Work<D>,
  ): Promise<D> => {
    const given = request.method === 'POST' ? request.headers['idempotency-key'] : undefined
    if (typeof given !== 'string') return database.transaction(work)

    const key = sha256(given)
    const print = sha256(
      JSON.stringify([request.method, request.url, request.headers['if-match'] ?? '', request.body ?? null]),
    )
    const place = `${caller.keyId}.${key}`
    const first = underWay.get(place)
    if (first) {
      if (first.print !== print) throw new HttpProblem('idempotency-key-reused')
      return (await first.done) as D
    }
    const seal = `idempotent_answers.answer.${place}`
    const done = database.transaction(async (tx) => {
      const kept = await take(tx, { apiKeyId: caller.keyId, key, print, now })
      if (kept) {
        if (kept.print !== print) throw new HttpProblem('idempotency-key-reused')
        return sealer.openJson(kept.answer, seal) as D
      }
      const fresh = await work(tx)
      await saveIdempotentAnswer(tx, { apiKeyId: caller.keyId, key, answer: sealer.sealJson(fresh, seal) })
      return fresh
    })
    underWay.set(place, { print, done })
    try {
      return await done
    } finally {
      underWay.delete(place)
    }
  }
}

/** Returns null if this call now owns the key. Waits, up to the lock timeout, for the same key on another instance. */
const take = async (
  tx: Tx,
  given: { apiKeyId: string; key: string; print: string; now: Date },
): Promise<IdempotentAnswer | null> => {
  try {
    return (await claimIdempotencyKey(tx, given)) ? null : await findIdempotentAnswer(tx, given)
  } catch (error) {
    if (isLockTimeout(error)) throw new HttpProblem('idempotency-in-flight', undefined, { cause: error })
    throw error
  }
}
