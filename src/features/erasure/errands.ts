import { z } from 'zod'
import { newId } from '#core/ids.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database, Tx } from '#storage/database.ts'
import { findErrand, insertErrand } from '#storage/erasure/errands.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'

// What is left to do in the chat of somebody whose account the database does not have any more.

const contentSchema = z.strictObject({
  /** As a channel knows it: `telegram:5000001`. */
  account: z.string(),
  /** Ids of messages that are young enough to be deleted. */
  messages: z.array(z.string()),
})
export type Errand = z.infer<typeof contentSchema>

const place = (id: string): string => `erasure_errands.content.${id}`

/** Stores it under a key of its own, and queues it. */
export const beginErrand = async (
  tx: Tx,
  { sealer, enqueue }: { sealer: Sealer; enqueue: Enqueue },
  errand: Errand,
  now: Date,
): Promise<void> => {
  const id = newId()
  const own = await sealerOf(tx, sealer, { errand: id })
  await insertErrand(tx, { id, content: own.sealJson(errand, place(id)), at: now })
  await enqueue(tx, 'erasure-errand', { errandId: id })
}

/** Null: it is done. */
export const openErrand = async (database: Database, sealer: Sealer, id: string): Promise<Errand | null> => {
  const stored = await findErrand(database, id)
  return stored && contentSchema.nullable().parse(sealer.openJson(stored.content, place(id), null))
}
