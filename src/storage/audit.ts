import { type Reader, readFrom, type Tx } from './database.ts'

export const auditActions = ['request.details', 'request.contact'] as const
export type AuditAction = (typeof auditActions)[number]

export type AuditEntry = {
  id: bigint
  at: Date
  staffId: string
  action: AuditAction
  requestId: string | null
}

/** Keeps that a staff member saw personal data. A trigger refuses every later change of the row. */
export const addAudit = async (tx: Tx, entry: Omit<AuditEntry, 'id'>): Promise<void> => {
  await tx.auditEntry.create({ data: entry })
}

/** Oldest first. */
export const auditOf = async (reader: Reader, requestId: string): Promise<AuditEntry[]> => {
  const rows = await readFrom(reader).auditEntry.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, action: row.action as AuditAction }))
}
