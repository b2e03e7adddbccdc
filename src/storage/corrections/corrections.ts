import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type CorrectedField = 'name' | 'phone' | 'address'

export type StoredCorrection = {
  id: string
  requestId: string | null
  memberId: string | null
  fields: CorrectedField[]
  /** Sealed JSON at `corrections.before` / id. */
  before: string
  /** Sealed at `corrections.reason` / id. */
  reason: string
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const insertCorrection = async (tx: Tx, correction: StoredCorrection): Promise<void> => {
  await tx.correction.create({ data: correction })
}

/** Of a request, or of a member; oldest first. */
export const correctionsOf = async (
  reader: Reader,
  of: { requestId: string } | { memberId: string },
): Promise<StoredCorrection[]> => {
  const rows = await readFrom(reader).correction.findMany({
    where: of,
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => ({ ...row, fields: row.fields as CorrectedField[] }))
}
