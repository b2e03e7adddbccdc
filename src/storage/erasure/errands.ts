import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { destroyKeys } from '#storage/keys/subject-keys.ts'

/** What is still to be taken out of chats; `content` is sealed at `erasure_errands.content` / id. */
export type StoredErrand = { id: string; content: string; at: Date }

export const insertErrand = async (tx: Tx, errand: StoredErrand): Promise<void> => {
  await tx.erasureErrand.create({ data: errand })
}

export const findErrand = (reader: Reader, id: string): Promise<StoredErrand | null> =>
  readFrom(reader).erasureErrand.findUnique({ where: { id } })

/** Deletes it, and the key that it was sealed with. */
export const forgetErrand = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.erasureErrand.deleteMany({ where: { id } })
  await destroyKeys(tx, { kind: 'errand', ids: [id] }, now)
}
