import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'

/** The signs that were ticked, what they propose, and what a person chose. */
export type StoredLevelDecision = {
  id: string
  familyId: string
  /** Sealed JSON at `level_decisions.signs` / id: codes. */
  signs: string
  /** Null: nothing was ticked. */
  proposed: SupportLevel | null
  level: SupportLevel
  /** Sealed at `level_decisions.reason` / id. */
  reason: string | null
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const insertLevelDecision = async (tx: Tx, decision: StoredLevelDecision): Promise<void> => {
  await tx.levelDecision.create({ data: decision })
}

/** Oldest first. */
export const levelDecisionsOf = async (reader: Reader, familyId: string): Promise<StoredLevelDecision[]> => {
  const rows = await readFrom(reader).levelDecision.findMany({
    where: { familyId },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({
    ...row,
    proposed: row.proposed as SupportLevel | null,
    level: row.level as SupportLevel,
  }))
}
