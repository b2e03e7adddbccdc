import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** What staff write about a family for each other. */
export type FamilyNote = {
  id: string
  familyId: string
  at: Date
  /** Sealed at `family_notes.text` / id. */
  text: string
  staffId: string | null
  apiKeyId: string | null
  /** Staff who were told of it. */
  mentioned: string[]
  /** Staff of whom it complains: it is not shown to them. */
  keptFrom: string[]
}

export const insertFamilyNote = async (tx: Tx, note: FamilyNote): Promise<void> => {
  await tx.familyNote.create({ data: note })
}

/** The newest notes of a family, newest first, without those that are kept from the reader. */
export const familyNotesOf = (
  reader: Reader,
  { familyId, readerId, limit }: { familyId: string; readerId: string | null; limit: number },
): Promise<FamilyNote[]> =>
  readFrom(reader).familyNote.findMany({
    where: { familyId, ...(readerId !== null && { NOT: { keptFrom: { has: readerId } } }) },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit,
  })
