import type { IncomingHttpHeaders } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Received } from '../protocol.ts'

const needed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/**
 * Checks a webhook by the published verifier of Standard Webhooks, so that the panel shows what any receiver would
 * find. It tells what is wrong, if anything: a header is missing, the time is not within 5 minutes of this machine's,
 * or no signature is by this secret over these bytes.
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
