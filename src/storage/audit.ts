import { type Reader, readFrom, type Tx } from './database.ts'

export const auditActions = [
  'request.details',
  'request.contact',
  'staff.changed',
  'key.created',
  'key.revoked',
  'webhook.changed',
] as const
export type AuditAction = (typeof auditActions)[number]

export type AuditEntry = {
  id: bigint
  at: Date
  /** Who saw or changed it in the bot; null where an API key or an operator did. */
  staffId: string | null
  apiKeyId: string | null
  action: AuditAction
  requestId: string | null
  /** The staff member, key or endpoint that was changed. */
  subjectId: string | null
}

type NewAuditEntry = Pick<AuditEntry, 'at' | 'action'> &
  Partial<Pick<AuditEntry, 'staffId' | 'apiKeyId' | 'requestId' | 'subjectId'>>

/** Keeps that somebody saw personal data, or changed who may. A trigger refuses every later change of the row. */
export const addAudit = async (tx: Tx, entry: NewAuditEntry): Promise<void> => {
  await tx.auditEntry.create({ data: entry })
}

/** Oldest first. */
export const auditOf = async (reader: Reader, requestId: string): Promise<AuditEntry[]> => {
  const rows = await readFrom(reader).auditEntry.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, action: row.action as AuditAction }))
}

export type AuditFilter = {
  requestId?: string | undefined
  staffId?: string | undefined
  action?: AuditAction | undefined
  /** Only what concerns requests of these territories. */
  territories: readonly string[] | 'all'
  before?: bigint | undefined
  limit: number
}

/** Newest first, older than `before`. */
export const listAudit = async (
  reader: Reader,
  { before, limit, territories, requestId, staffId, action }: AuditFilter,
): Promise<AuditEntry[]> => {
  const rows = await readFrom(reader).auditEntry.findMany({
    where: {
      ...(requestId !== undefined && { requestId }),
      ...(staffId !== undefined && { staffId }),
      ...(action !== undefined && { action }),
      ...(before !== undefined && { id: { lt: before } }),
      ...(territories !== 'all' && { request: { territory: { in: [...territories] } } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(({ id, at, staffId: by, apiKeyId, action: done, requestId: of, subjectId }) => ({
    id,
    at,
    staffId: by,
    apiKeyId,
    action: done as AuditAction,
    requestId: of,
    subjectId,
  }))
}
