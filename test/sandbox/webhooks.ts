import { Webhook } from 'standardwebhooks'

export type Signed = { headers: Record<string, string>; body: string }

/** An event as the product sends it, signed by the official library; callers may corrupt it. */
export const signed = (
  secret: string,
  { id = 'evt_1', type = 'request.submitted', at = Date.now(), data = {} as Record<string, unknown> } = {},
): Signed => {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
    },
  }
}

/** HTTP status of the response, or `cut` if there was none. */
export const deliver = async (url: string, { headers, body }: Signed, signal?: AbortSignal) => {
  try {
    return (await fetch(url, { method: 'POST', headers, body, ...(signal ? { signal } : {}) })).status
  } catch {
    return 'cut'
  }
}
