import type { Database, Reader, Tx } from '#storage/database.ts'
import { familyNumbers, requestNumbers } from '#storage/staff/audit-names.ts'
import {
  addAudit,
  type AuditEntry,
  type AuditFilter,
  listAudit,
  type SeenData,
} from '#storage/staff/audit.ts'
import { listApiKeys } from '#storage/staff/api-keys.ts'
import { lastLink } from '#storage/staff/audit-links.ts'
import { listStaff, type StaffMember } from '#storage/staff/staff.ts'
import { mustAdminister } from './administrators.ts'
import { type Verified, verifyAudit } from './audit-chain.ts'
import { seenBy } from './audit-seen.ts'

// The audit as administrators read it: with names and numbers instead of ids.

export type AuditLine = AuditEntry & {
  /** A member of staff or a key; null: an operator, or the product itself. */
  who: string | null
  requestNumber: string | null
  familyNumber: number | null
  /** The member or key that it is about, if it is one. */
  subject: string | null
}

type Asking = { staff: StaffMember; now: Date }
type Filter = Pick<AuditFilter, 'action' | 'staffId' | 'before' | 'limit'>

/** Everybody who may have done something: staff and keys. */
export const actorsOf = async (
  reader: Reader,
  { staff }: Pick<Asking, 'staff'>,
): Promise<{ id: string; name: string }[]> => {
  mustAdminister(staff)
  return [...(await listStaff(reader)), ...(await listApiKeys(reader))].map(({ id, name }) => ({ id, name }))
}

/** A page of the audit, newest first. Throws `not-found` for whoever is no administrator. */
export const auditLines = async (
  reader: Reader,
  asking: Pick<Asking, 'staff'>,
  filter: Filter,
): Promise<AuditLine[]> => {
  const names = new Map((await actorsOf(reader, asking)).map(({ id, name }) => [id, name]))
  const entries = await listAudit(reader, { ...filter, territories: 'all' })
  const ids = (of: 'requestId' | 'familyId') => [...new Set(entries.flatMap((entry) => entry[of] ?? []))]
  const requests = await requestNumbers(reader, ids('requestId'))
  const families = await familyNumbers(reader, ids('familyId'))
  return entries.map((entry) => ({
    ...entry,
    who: names.get(entry.staffId ?? entry.apiKeyId ?? '') ?? null,
    requestNumber: requests.get(entry.requestId ?? '') ?? null,
    familyNumber: families.get(entry.familyId ?? '') ?? null,
    subject: names.get(entry.subjectId ?? '') ?? null,
  }))
}

/** Rows of one file. */
const mostExported = 10_000

/** The same to keep as a file, at most `mostExported`. That it left the centre is audited. */
export const exportAudit = async (
  tx: Tx,
  { staff, now }: Asking,
  filter: Omit<Filter, 'limit' | 'before'>,
): Promise<AuditLine[]> => {
  const lines = await auditLines(tx, { staff }, { ...filter, limit: mostExported })
  await addAudit(tx, { at: now, action: 'audit.seen', staffId: staff.id, subjectId: filter.staffId ?? null })
  return lines
}

/** Whose data somebody has opened since a moment. Asking is audited. */
export const seenByActor = async (
  tx: Tx,
  { staff, now }: Asking,
  of: { actorId: string; since: Date; after?: string | undefined; limit: number },
): Promise<SeenData[]> => {
  mustAdminister(staff)
  return seenBy(tx, { ...of, territories: 'all', staffId: staff.id, now })
}

/** More is checked at the command line. */
const mostChecked = 200_000n

/** Whether the audit is as it was written; null if that takes too long for a page. */
export const checkAudit = async (
  database: Database,
  { staff }: Pick<Asking, 'staff'>,
): Promise<Verified | null> => {
  mustAdminister(staff)
  const last = await lastLink(database)
  return (last?.position ?? 0n) > mostChecked ? null : verifyAudit(database)
}
