import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import type { Received } from './receiver.ts'

/** Verifies a message with the published verifier at a given time. Returns the payload, or throws. */
export const verifyAt = (
  moment: Date,
  secret: string,
  { body, headers }: Pick<Received, 'body' | 'headers'>,
): unknown => {
  vi.useFakeTimers({ now: moment, toFake: ['Date'] })
  try {
    return new Webhook(secret).verify(body, headers)
  } finally {
    vi.useRealTimers()
  }
}

/** Verifies a message at the time it was sent, whatever the test's clock says. */
export const verifySent = (secret: string, message: Pick<Received, 'body' | 'headers'>): unknown =>
  verifyAt(new Date(Number(message.headers['webhook-timestamp']) * 1000), secret, message)
