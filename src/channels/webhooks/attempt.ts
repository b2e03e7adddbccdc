import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { type SentMessage, sealResponse } from '#features/webhooks/receiver-responses.ts'
import { openSecrets, secretsInForce } from '#features/webhooks/signing-secrets.ts'
import type { Sealer } from '#storage/seal.ts'
import type { AttemptResult, Claimed } from '#storage/webhooks/webhook-attempts.ts'
import { payloadOf } from '#features/webhooks/event-payload.ts'
import { nextAttemptAt, retryAfterMs } from './schedule.ts'
import type { Answer, Sender } from './send.ts'
import { signedHeaders } from './sign.ts'

export type AttemptDeps = {
  sealer: Sealer
  clock: Clock
  log: Log
  /** The public base URL of the API; without it, payloads contain paths only. */
  publicUrl?: string | undefined
  /** From 0 to 1. */
  random?: () => number
}

/** Makes one attempt: signs, sends and evaluates the response. Throws only if `stop` aborts it. */
export const makeAttempt = async (
  { sealer, clock, log, publicUrl, random = Math.random }: AttemptDeps,
  sender: Sender,
  delivery: Claimed,
  stop: AbortSignal,
): Promise<AttemptResult> => {
  const at = clock.now()
  const message = () => {
    const secrets = secretsInForce(openSecrets(sealer, delivery.endpointId, delivery.secrets), at)
    const body = payloadOf(delivery, publicUrl)
    return { body, headers: signedHeaders({ id: delivery.eventId, body, at, secrets }) }
  }
  let answer: Answer
  let sent: SentMessage | null = null
  try {
    const { body, headers } = message()
    sent = { body, signature: headers['webhook-signature'] ?? '' }
    answer = await sender.send(delivery.url, headers, body, stop)
  } catch (error) {
    if (stop.aborted) throw error
    // A bug of ours or a missing key: retried like any other failure, and finally failed.
    log.error('webhook.unsendable', { delivery: delivery.id, error })
    answer = { status: null, error: 'unsendable', response: null, retryAfter: undefined, durationMs: 0 }
  }
  const response = sealResponse(sealer, delivery.id, answer.response, sent)
  return resultOf(delivery, { ...answer, response }, { at, now: clock.now(), random })
}

const resultOf = (
  { id, endpointId, attempts }: Claimed,
  { status, error, response, retryAfter, durationMs }: Answer,
  { at, now, random }: { at: Date; now: Date; random: () => number },
): AttemptResult => {
  const result = { deliveryId: id, endpointId, at, durationMs, status, error, response }
  if (status !== null && status >= 200 && status < 300)
    return { ...result, outcome: 'delivered', nextAt: null, endedAt: now }
  const asked = retryAfterMs(retryAfter, now)
  const made = { attempts: attempts + 1, begunAt: at, ...(asked !== undefined && { retryAfterMs: asked }) }
  const nextAt = nextAttemptAt(made, { now, random })
  return { ...result, outcome: nextAt ? 'pending' : 'failed', nextAt, endedAt: nextAt ? null : now }
}
