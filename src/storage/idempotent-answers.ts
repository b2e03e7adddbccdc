import type { Tx } from './database.ts'

/** What a POST was answered, sealed, and what it had asked. */
export type IdempotentAnswer = { /** SHA-256 of the call. */ print: string; answer: string }
type KeyLocation = { apiKeyId: string /** SHA-256 of the client's key. */; key: string }

const keyLifetimeMs = 24 * 60 * 60 * 1000
/** Stands in the row until the transaction that does the work keeps its answer; nobody else ever sees it. */
const placeholder = 'v1.none.'

/**
 * Takes a key for this transaction; false when it has been used in the last 24 hours. While another transaction
 * holds it, this waits for that one's end, at most 3 s (`isLockTimeout`).
 */
export const claimIdempotencyKey = async (
  tx: Tx,
  { apiKeyId, key, print, now }: KeyLocation & { print: string; now: Date },
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

export const findIdempotentAnswer = async (
  tx: Tx,
  { apiKeyId, key }: KeyLocation,
): Promise<IdempotentAnswer> => {
  const row = await tx.idempotentAnswer.findUniqueOrThrow({ where: { apiKeyId_key: { apiKeyId, key } } })
  return { print: row.request, answer: row.answer }
}

export const saveIdempotentAnswer = async (
  tx: Tx,
  { apiKeyId, key, answer }: KeyLocation & { answer: string },
): Promise<void> => {
  await tx.idempotentAnswer.update({ where: { apiKeyId_key: { apiKeyId, key } }, data: { answer } })
}

/** Forgets what was answered before a moment. Returns how many. */
export const deleteAnswersBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.idempotentAnswer.deleteMany({ where: { at: { lt: date } } })).count
