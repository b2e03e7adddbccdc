import { hash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'

/** Generates a secret that is shown once: 128 bits as 22 characters of `A-Za-z0-9_-`. */
export const newToken = (): string => randomBytes(16).toString('base64url')

/** Generates the secret of an API key: 256 bits as 43 characters of `A-Za-z0-9_-`. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** SHA-256 in hex: stored instead of a token, and identifies the exact text of a consent. */
export const sha256 = (text: string): string => hash('sha256', text)

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

/** Compares with a secret in constant time: timing reveals neither the first difference nor the secret's length. */
export const createSecretMatcher = (secret: string): ((given: string) => boolean) => {
  const expected = digest(secret)
  return (given) => timingSafeEqual(digest(given), expected)
}

/** The same id for the same text (UUID version 8, of its SHA-256). */
export const idOf = (text: string): string => {
  const bytes = digest(text).subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Generates an id for a row whose id is needed before the row is inserted. */
export const newId = (): string => randomUUID()
