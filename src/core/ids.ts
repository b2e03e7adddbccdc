import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'

/** A secret that is shown once: 128 bits as 22 characters of `A-Za-z0-9_-`. */
export const newToken = (): string => randomBytes(16).toString('base64url')

/** The secret of a key: 256 bits as 43 characters of `A-Za-z0-9_-`. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 as hex: what is kept of a token, and what names the exact text of a consent. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares with a secret in a time that does not tell where the given one differs, nor how long the secret is. */
export const createSecretMatcher = (secret: string): ((given: string) => boolean) => {
  const expected = digest(secret)
  return (given) => timingSafeEqual(digest(given), expected)
}

/** An id for a row that has to be known before the row is written. */
export const newId = (): string => randomUUID()
