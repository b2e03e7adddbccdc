import type { Sealer } from '#storage/seal.ts'

/** What our own message was, as far as an answer may repeat it. */
export type SentMessage = { body: string; signature: string }

/** Stands instead of an answer that repeats what we had sent. */
const repeated = '[left out: it repeats what was sent]'

/** Of a body, letters and digits: an answer may well name a request, or say which event it has taken. */
const longPiece = 48
/** Of a signature, in which nothing stands by chance. */
const longPieceOfSignature = 20

const place = (deliveryId: string) => `webhook_attempts.response.${deliveryId}`

/**
 * An answer as it is kept: sealed, for nobody knows what a receiver writes into it. One that holds our body, our
 * signature or a long piece of either is left out, so that neither is read where answers are. Null: there is nothing.
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

/** Letters and digits alone: JSON within JSON, indented, or escaped for a page or an address, is still the same. */
const bare = (text: string): string =>
  text.replace(/&#?\w+;|%[0-9a-f]{2}|\\(?:u[0-9a-f]{4}|[nrt])/gi, '').replace(/[^\p{L}\p{N}]/gu, '')
