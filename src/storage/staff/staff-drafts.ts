import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type StoredDraft = {
  staffId: string
  form: string
  /** Sealed JSON. */
  content: string
  updatedAt: Date
}

/** Saves what somebody has typed, in place of what they had typed into the same form. */
export const putStaffDraft = async (tx: Tx, { staffId, form, ...typed }: StoredDraft): Promise<void> => {
  const key = { staffId, form }
  await tx.staffDraft.upsert({ where: { staffId_form: key }, create: { ...key, ...typed }, update: typed })
}

/** Deletes all but the newest `kept` of a member's drafts. */
export const trimStaffDrafts = async (tx: Tx, staffId: string, kept: number): Promise<void> => {
  await tx.$executeRaw`
    DELETE FROM staff_drafts WHERE staff_id = ${staffId}::uuid AND form IN (
      SELECT form FROM staff_drafts WHERE staff_id = ${staffId}::uuid
      ORDER BY updated_at DESC, form OFFSET ${kept}
    )`
}

/** Returns what was typed since then; null if nothing was. */
export const findStaffDraft = (
  reader: Reader,
  { staffId, form, since }: { staffId: string; form: string; since: Date },
): Promise<StoredDraft | null> =>
  readFrom(reader).staffDraft.findFirst({ where: { staffId, form, updatedAt: { gte: since } } })

/** Deletes one; returns false if there was none. */
export const deleteStaffDraft = async (tx: Tx, staffId: string, form: string): Promise<boolean> =>
  (await tx.staffDraft.deleteMany({ where: { staffId, form } })).count > 0

/** Returns how many were deleted. */
export const deleteStaffDraftsBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.staffDraft.deleteMany({ where: { updatedAt: { lt: date } } })).count
