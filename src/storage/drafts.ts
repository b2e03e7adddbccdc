import type { Database, Tx } from './database.ts'

/** Begins a draft. `answers` is sealed at `drafts.answers` / draft id, so the caller names the id. */
export const createDraft = async (
  tx: Tx,
  draft: { id?: string; personId: string; version: number; region: string; answers: string; now?: Date },
): Promise<{ id: string; revision: number }> => {
  const { now, ...data } = draft
  const moment = now ? { createdAt: now, updatedAt: now } : {}
  const { id, revision } = await tx.draft.create({ data: { ...data, ...moment } })
  return { id, revision }
}

export type DraftChange = {
  updateId: bigint
  draftId: string
  personId: string
  /** The revision that was read; the draft has the next one afterwards. */
  revision: number
  /** Sealed at `drafts.answers` / draft id. */
  answers: string
  version: number
  now: Date
}

/**
 * Saves one answer and takes the update's id, in one prepared statement that commits by itself.
 * `duplicate`: this update is committed already, nothing is written. `stale`: the draft has another
 * revision or is gone, nothing is written and the update's id is not taken.
 */
export const saveDraft = async (
  _db: Database,
  _change: DraftChange,
): Promise<'saved' | 'duplicate' | 'stale'> => {
  throw new Error('not written yet')
}

/** Forgets a person's draft; true when there was one. */
export const deleteDraft = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.draft.deleteMany({ where: { personId } })).count > 0

/** Returns how many were forgotten. */
export const deleteDraftsUntouchedSince = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.draft.deleteMany({ where: { updatedAt: { lt: date } } })).count
