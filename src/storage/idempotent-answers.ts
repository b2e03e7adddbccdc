import type { Tx } from './database.ts'

/** The sealed response to a POST, and the fingerprint of its request. */
export type IdempotentAnswer = { /** SHA-256 of the request. */ print: string; answer: string }
type KeyId = { apiKeyId: string /** SHA-256 of the client's key. */; key: string }

const keyLifetimeMs = 24 * 60 * 60 * 1000
/** Fills the column until the same transaction saves the response; never visible outside the transaction. */
const placeholder = 'v1.none.'

/**
 * Claims an idempotency key for this transaction; returns false if it was used in the last 24 hours. Waits at most
 * 3 s for another transaction that holds the key, then throws (`isLockTimeout`).
 */
export const claimIdempotencyKey = async (
  tx: Tx,
  { apiKeyId, key, print, now }: KeyId & { print: string; now: Date },
): Promise<boolean> => {
  const old = new Date(now.getTime() - keyLifetimeMs)
  await tx.$executeRaw`SET LOCAL lock_timeout = '3s'`
  const taken = await tx.$executeRaw`
    INSERT INTO idempotent_answers (api_key_id, key, request, answer, at)
    VALUES (${apiKeyId}::uuid, ${key}, ${print}, ${placeholder}, ${now})
    ON CONFLICT (api_key_id, key) DO UPDATE SET request = EXCLUDED.request, answer = EXCLUDED.answer, at = EXCLUDED.at
    WHERE idempotent_answers.at <= ${old}`
  await tx.$executeRaw`SET LOCAL lock_timeout = 0`
  return taken === 1
}

export const findIdempotentAnswer = async (tx: Tx, { apiKeyId, key }: KeyId): Promise<IdempotentAnswer> => {
  const row = await tx.idempotentAnswer.findUniqueOrThrow({ where: { apiKeyId_key: { apiKeyId, key } } })
  return { print: row.request, answer: row.answer }
}

export const saveIdempotentAnswer = async (
  tx: Tx,
  { apiKeyId, key, answer }: KeyId & { answer: string },
): Promise<void> => {
  await tx.idempotentAnswer.update({ where: { apiKeyId_key: { apiKeyId, key } }, data: { answer } })
}

/** Deletes responses saved before a date. Returns how many. */
export const deleteAnswersBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.idempotentAnswer.deleteMany({ where: { at: { lt: date } } })).count
