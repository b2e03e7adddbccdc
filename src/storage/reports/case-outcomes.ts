import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** The final diagnosis finds that the situation of a family is better, and whether it has overcome its hardship: neither says the other. */
export const outcomeKinds = ['better', 'overcame'] as const
export type OutcomeKind = (typeof outcomeKinds)[number]

export type CaseOutcome = {
  id: bigint
  familyId: string
  episodeId: string
  kind: OutcomeKind
  answer: boolean
  /** ISO date in the region's zone. */
  day: string
  staffId: string | null
  apiKeyId: string | null
  at: Date
}

export const insertOutcome = async (tx: Tx, { day, ...outcome }: Omit<CaseOutcome, 'id'>): Promise<void> => {
  await tx.caseOutcome.create({ data: { ...outcome, day: new Date(day) } })
}

/** Oldest first; of an episode and kind the last one holds. */
export const outcomesOf = async (reader: Reader, familyId: string): Promise<CaseOutcome[]> => {
  const rows = await readFrom(reader).caseOutcome.findMany({ where: { familyId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({
    ...row,
    kind: row.kind as OutcomeKind,
    day: row.day.toISOString().slice(0, 10),
  }))
}
