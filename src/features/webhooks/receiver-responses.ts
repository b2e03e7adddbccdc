import type { Sealer } from '#storage/seal.ts'

/** The parts of our request that a response may echo. */
export type SentMessage = { body: string; signature: string }

/** Replaces a response that echoes our request. */
const repeated = '[left out: it repeats what was sent]'

/**
 * Minimum length of an echoed part of the body, in letters and digits: a response may well name a request or
 * its event.
 */
const longPiece = 48
/** Of a signature, where no match is accidental. */
const longPieceOfSignature = 20

const place = (deliveryId: string) => `webhook_attempts.response.${deliveryId}`

/**
 * Seals a response, which may contain anything. A response that echoes our body, our signature or a long part
 * of either is replaced, so that they cannot be read where responses are shown. Returns null for an empty
 * response.
 */
export const sealResponse = (
  sealer: Sealer,
  deliveryId: string,
  response: string | null,
  sent: SentMessage | null,
): string | null => {
  if (response === null || response === '') return null
  const kept = sent && repeats(response, sent) ? repeated : response
  return sealer.seal(kept, place(deliveryId))
}

export const openResponse = (sealer: Sealer, deliveryId: string, sealed: string | null): string | null =>
  sealed === null ? null : sealer.open(sealed, place(deliveryId))

const repeats = (response: string, { body, signature }: SentMessage): boolean => {
  const answer = bare(response)
  return (
    holdsPieceOf(answer, bare(body), longPiece) ||
    signature.split(' ').some((one) => holdsPieceOf(answer, bare(one), longPieceOfSignature))
  )
}

const holdsPieceOf = (answer: string, sent: string, length: number): boolean => {
  if (sent.length <= length) return sent !== '' && answer.includes(sent)
  if (answer.length < length) return false
  for (let at = 0; at + length <= sent.length; at += 1) {
    if (answer.includes(sent.slice(at, at + length))) return true
  }
  return false
}

/** Reduces text to letters and digits, so that nested, indented or escaped JSON still matches. */
const bare = (text: string): string =>
  text.replace(/&#?\w+;|%[0-9a-f]{2}|\\(?:u[0-9a-f]{4}|[nrt])/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
