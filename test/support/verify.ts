import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import type { Received } from './receiver.ts'

/** What the published verifier says of a message at some moment: the payload, or it throws. */
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

/** The same at the moment when it was sent, however long ago that was, or will be by a clock that was moved. */
export const verifySent = (secret: string, message: Pick<Received, 'body' | 'headers'>): unknown =>
  verifyAt(new Date(Number(message.headers['webhook-timestamp']) * 1000), secret, message)
