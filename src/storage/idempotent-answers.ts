import type { Tx } from './database.ts'

/** What a POST was answered, sealed, and what it had asked. */
export type KeptAnswer = { /** SHA-256 of the call. */ print: string; answer: string }
type Place = { apiKeyId: string /** SHA-256 of the client's key. */; key: string }

const keptForMs = 24 * 60 * 60 * 1000
/** Stands in the row until the transaction that does the work keeps its answer; nobody else ever sees it. */
const notYet = 'v1.none.'

/**
 * Takes a key for this transaction; false when it has been used in the last 24 hours. While another transaction
 * holds it, this waits for that one's end, at most 3 s (`isLockTimeout`).
 */
export const takeKey = async (
  tx: Tx,
  { apiKeyId, key, print, now }: Place & { print: string; now: Date },
): Promise<boolean> => {
  const old = new Date(now.getTime() - keptForMs)
  await tx.$executeRaw`SET LOCAL lock_timeout = '3s'`
  const taken = await tx.$executeRaw`
    INSERT INTO idempotent_answers (api_key_id, key, request, answer, at)
    VALUES (${apiKeyId}::uuid, ${key}, ${print}, ${notYet}, ${now})
    ON CONFLICT (api_key_id, key) DO UPDATE SET request = EXCLUDED.request, answer = EXCLUDED.answer, at = EXCLUDED.at
    WHERE idempotent_answers.at <= ${old}`
  await tx.$executeRaw`SET LOCAL lock_timeout = 0`
  return taken === 1
}

export const findAnswer = async (tx: Tx, { apiKeyId, key }: Place): Promise<KeptAnswer> => {
  const row = await tx.idempotentAnswer.findUniqueOrThrow({ where: { apiKeyId_key: { apiKeyId, key } } })
  return { print: row.request, answer: row.answer }
}

export const keepAnswer = async (
  tx: Tx,
  { apiKeyId, key, answer }: Place & { answer: string },
): Promise<void> => {
  await tx.idempotentAnswer.update({ where: { apiKeyId_key: { apiKeyId, key } }, data: { answer } })
}

/** Forgets what was answered before a moment. Returns how many. */
export const deleteAnswersBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.idempotentAnswer.deleteMany({ where: { at: { lt: date } } })).count
