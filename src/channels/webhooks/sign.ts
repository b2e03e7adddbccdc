import { Webhook } from 'standardwebhooks'

export type Signed = { id: string; body: string; at: Date; secrets: readonly string[] }

/** The headers of Standard Webhooks, with one signature per active secret so that the receiver may know either. */
export const signedHeaders = ({ id, body, at, secrets }: Signed): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
})
