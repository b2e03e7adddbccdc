import type { IncomingHttpHeaders } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Received } from '../protocol.ts'

const needed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/**
 * Verifies a webhook with the official Standard Webhooks library, so that the panel shows what any receiver would
 * find. Returns the problem, if any: a missing header, a time more than 5 minutes off, or no signature of these bytes
 * by this secret.
 */
export const createVerifier = (secret: string) => {
  const webhook = new Webhook(secret)
  return (headers: IncomingHttpHeaders, body: string): Received['signature'] => {
    const [id, time, signature] = needed.map((name) => String(headers[name] ?? ''))
    if (!id || !time || !signature) return 'missing'
    const given = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature }
    try {
      webhook.verify(body, given, { jsonParse: false })
      return 'valid'
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error
      return /timestamp|Invalid Signature Headers/.test(error.message) ? 'time' : 'signature'
    }
  }
}
