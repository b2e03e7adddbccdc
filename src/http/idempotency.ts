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
    .describe('Makes the call safe to repeat for 24 h: it is done once, and answered alike every time'),
}

type Done = { body: unknown; revision?: number; location?: string }
type Work<D extends Done> = (tx: Tx) => Promise<D>

/**
 * Does the work of a call once for its `Idempotency-Key`. The key, what was done and what is answered are committed
 * together: a killed process leaves all of it or nothing. The key is the client's own and may tell something, so its
 * hash is kept; the answer is sealed. A refusal is not kept: the same key may be tried again.
 */
export const createIdempotentRunner = ({ database, sealer }: ApiDeps) => {
  /** What is under way here: the same call at the same time waits for it without a connection of its own. */
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

/** Null: the key is this call's now. Waits for another instance's call with the same key, and not for ever. */
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
