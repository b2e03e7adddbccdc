import type { IncomingHttpHeaders } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Clock } from '#core/clock.ts'
import type { Received } from '../protocol.ts'

const toleranceMs = 5 * 60 * 1000
const needed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/**
 * Verifies a webhook with the official Standard Webhooks library, so that the panel shows what any receiver would
 * find. Returns the problem, if any: a missing header, a time more than 5 minutes off, or no signature of these bytes
 * by this secret.
 */
export const createVerifier = (secret: string, clock: Clock) => {
  const webhook = new Webhook(secret)

  /** For a sandbox whose clock was moved: the library knows the machine's only. */
  const signedNow = ([id, time, signature]: string[], body: string): Received['signature'] => {
    const at = new Date(Number(time) * 1000)
    if (!(Math.abs(clock.now().getTime() - at.getTime()) <= toleranceMs)) return 'time'
    const right = webhook.sign(id ?? '', at, body)
    return (signature ?? '').split(' ').includes(right) ? 'valid' : 'signature'
  }

  return (headers: IncomingHttpHeaders, body: string): Received['signature'] => {
    const [id, time, signature] = needed.map((name) => String(headers[name] ?? ''))
    if (!id || !time || !signature) return 'missing'
    const given = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature }
    try {
      webhook.verify(body, given, { jsonParse: false })
      return 'valid'
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error
      const late = /timestamp|Invalid Signature Headers/.test(error.message)
      return late ? signedNow([id, time, signature], body) : 'signature'
    }
  }
}
