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

/** Which forms somebody has typed into since then, of those whose key begins so. */
export const staffDraftsLike = async (
  reader: Reader,
  { staffId, prefix, since }: { staffId: string; prefix: string; since: Date },
): Promise<string[]> => {
  const rows = await readFrom(reader).staffDraft.findMany({
    where: { staffId, form: { startsWith: prefix }, updatedAt: { gte: since } },
    select: { form: true },
    orderBy: { form: 'asc' },
  })
  return rows.map(({ form }) => form)
}

/** Deletes one; returns false if there was none. */
export const deleteStaffDraft = async (tx: Tx, staffId: string, form: string): Promise<boolean> =>
  (await tx.staffDraft.deleteMany({ where: { staffId, form } })).count > 0

/** Returns how many were deleted. */
export const deleteStaffDraftsBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.staffDraft.deleteMany({ where: { updatedAt: { lt: date } } })).count
