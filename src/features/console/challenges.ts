import { newToken, sha256 } from '#core/ids.ts'
import type { Sealer } from '#storage/seal.ts'

// Challenges that passkeys sign. A page carries one, so a look at a page stores nothing; what was answered is stored, once.

/** How long the answer to a challenge is accepted (ms). */
const challengeMs = 10 * 60_000

const purpose = 'console-challenge'

/** A challenge in base64url, for one use: `enter`, or `add.<id of the member>`. */
export const newChallenge = (sealer: Sealer, use: string, now: Date): string => {
  const said = `${newToken()}.${now.getTime() + challengeMs}`
  return Buffer.from(`${said}.${sealer.sign(`${use}.${said}`, purpose)}`).toString('base64url')
}

/** What to note of an answered challenge; null if it is none of ours, for another use, or too old. */
export const challengeIn = (
  sealer: Sealer,
  given: string,
  { use, now }: { use: string; now: Date },
): { hash: string; expiresAt: Date } | null => {
  const text = Buffer.from(given, 'base64url').toString()
  const [, said = '', until = '', signature = ''] = /^([\w-]{22}\.(\d{13,15}))\.([\w-]{43})$/.exec(text) ?? []
  const expiresAt = new Date(Number(until))
  if (said === '' || expiresAt <= now || !sealer.isSigned(`${use}.${said}`, signature, purpose)) return null
  return { hash: sha256(said), expiresAt }
}
