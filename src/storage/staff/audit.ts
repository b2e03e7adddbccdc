import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type AuditAction, type SeenAction, seenActions } from './audit-actions.ts'

export type AuditEntry = {
  id: bigint
  at: Date
  /** The actor in the bot; null for an API key or an operator. */
  staffId: string | null
  apiKeyId: string | null
  action: AuditAction
  requestId: string | null
  familyId: string | null
  /** The staff member, key or endpoint changed, or the message about a family. */
  subjectId: string | null
}

type NewAuditEntry = Pick<AuditEntry, 'at' | 'action'> &
  Partial<Pick<AuditEntry, 'staffId' | 'apiKeyId' | 'requestId' | 'familyId' | 'subjectId'>>

/** Audits an access to personal data, or a change of access rights. A trigger makes the rows immutable. */
export const addAudit = async (tx: Tx, entry: NewAuditEntry): Promise<void> => {
  await tx.auditEntry.create({ data: entry })
}

/** An access of a member of staff to a request, or to a message about a family. */
export type AuditLook = { staffId: string; action: AuditAction } & (
  | { requestId: string }
  | { subjectId: string }
)

/** Whether a look has been audited since a moment. */
export const hasBeenAudited = async (
  reader: Reader,
  { since, ...look }: AuditLook & { since: Date },
): Promise<boolean> =>
  (await readFrom(reader).auditEntry.findFirst({
    where: { ...look, at: { gte: since } },
    select: { id: true },
  })) !== null

/** Audits the same access to each of these families. */
export const addAuditOfFamilies = async (
  tx: Tx,
  familyIds: readonly string[],
  look: { at: Date; action: AuditAction; staffId?: string; apiKeyId?: string },
): Promise<void> => {
  const { at, action, staffId = null, apiKeyId = null } = look
  await tx.$executeRaw`
    INSERT INTO audit_entries (at, staff_id, api_key_id, action, family_id)
    SELECT ${at}, ${staffId}::uuid, ${apiKeyId}::uuid, ${action}, seen.id FROM unnest(${[...familyIds]}::uuid[]) AS seen(id)`
}

/** Audits `request.flags` of these requests, seen at a family or not, unless the same reader has been audited for it within a day. */
export const addFirstLooks = async (
  reader: Reader,
  look: { requestIds: readonly string[]; familyId?: string; now: Date; staffId?: string; apiKeyId?: string },
): Promise<void> => {
  const { requestIds, familyId = null, now, staffId = null, apiKeyId = null } = look
  const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000)
  await readFrom(reader).$executeRaw`
    INSERT INTO audit_entries (at, staff_id, api_key_id, action, request_id, family_id)
    SELECT ${now}, ${staffId}::uuid, ${apiKeyId}::uuid, 'request.flags', seen.id, ${familyId}::uuid
    FROM unnest(${[...requestIds]}::uuid[]) AS seen(id)
    WHERE NOT EXISTS (
      SELECT FROM audit_entries before WHERE before.request_id = seen.id AND before.action = 'request.flags'
        AND (before.family_id IS NULL) = (${familyId}::uuid IS NULL)
        AND before.staff_id IS NOT DISTINCT FROM ${staffId}::uuid
        AND before.api_key_id IS NOT DISTINCT FROM ${apiKeyId}::uuid AND before.at > ${dayBefore})`
}

type FamilyLook = { familyIds: readonly string[]; now: Date; staffId?: string; apiKeyId?: string }

/** Audits `family.names` of these families, unless the same reader has been audited for it within a day. */
export const addFirstNames = (reader: Reader, look: FamilyLook): Promise<void> =>
  addFirst(reader, 'family.names', look)

/** The same of `family.needs`. */
export const addFirstNeeds = (reader: Reader, look: FamilyLook): Promise<void> =>
  addFirst(reader, 'family.needs', look)

const addFirst = async (
  reader: Reader,
  action: Extract<AuditAction, `family.${string}`>,
  { familyIds, now, staffId, apiKeyId }: FamilyLook,
): Promise<void> => {
  const [staff, key] = [staffId ?? null, apiKeyId ?? null]
  const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000)
  await readFrom(reader).$executeRaw`
    INSERT INTO audit_entries (at, staff_id, api_key_id, action, family_id)
    SELECT ${now}, ${staff}::uuid, ${key}::uuid, ${action}, seen.id
    FROM unnest(${[...familyIds]}::uuid[]) AS seen(id)
    WHERE NOT EXISTS (
      SELECT FROM audit_entries before WHERE before.family_id = seen.id AND before.action = ${action}
        AND before.staff_id IS NOT DISTINCT FROM ${staff}::uuid
        AND before.api_key_id IS NOT DISTINCT FROM ${key}::uuid AND before.at > ${dayBefore})`
}

/** What a staff member or key has opened of one family or request; both are null for what is about many. */
export type SeenData = {
  familyId: string | null
  familyNumber: number | null
  requestId: string | null
  requestNumber: string | null
  actions: SeenAction[]
  times: number
  firstAt: Date
  lastAt: Date
  /** Position in the list. */
  place: string
}

/** Returns a page of whose data was opened, by family and request; `after`: the place of the last one seen. */
export const listSeenData = (
  reader: Reader,
  of: {
    actorId: string
    since: Date
    territories: readonly string[] | 'all'
    after?: string | undefined
    limit: number
  },
): Promise<SeenData[]> => readFrom(reader).$queryRaw<SeenData[]>`
  WITH seen AS (
    SELECT entry.family_id, entry.request_id, COALESCE(entry.family_id::text, entry.request_id::text, '-') AS place,
      array_agg(DISTINCT entry.action ORDER BY entry.action) AS actions, count(*)::int AS times,
      min(entry.at) AS first_at, max(entry.at) AS last_at
    FROM audit_entries entry
    WHERE (entry.staff_id = ${of.actorId}::uuid OR entry.api_key_id = ${of.actorId}::uuid)
      AND entry.at >= ${of.since} AND entry.action = ANY (${[...seenActions]})
      ${of.territories === 'all' ? Prisma.empty : Prisma.sql`AND ${concerning(of.territories)}`}
    GROUP BY entry.family_id, entry.request_id
  )
  SELECT seen.family_id AS "familyId", family.number AS "familyNumber", seen.request_id AS "requestId",
    request.number AS "requestNumber", seen.actions, seen.times, seen.first_at AS "firstAt",
    seen.last_at AS "lastAt", seen.place
  FROM seen
  LEFT JOIN families family ON family.id = seen.family_id
  LEFT JOIN requests request ON request.id = seen.request_id
  WHERE ${of.after ?? ''} < seen.place
  ORDER BY seen.place LIMIT ${of.limit}`

/** Returns a request's audit entries, oldest first. */
export const auditOf = async (reader: Reader, requestId: string): Promise<AuditEntry[]> => {
  const rows = await readFrom(reader).auditEntry.findMany({ where: { requestId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, action: row.action as AuditAction }))
}

export type AuditFilter = {
  requestId?: string | undefined
  familyId?: string | undefined
  staffId?: string | undefined
  action?: AuditAction | undefined
  /** Only entries about requests and families of these territories, and staff who currently serve one of them. */
  territories: readonly string[] | 'all'
  before?: bigint | undefined
  limit: number
}

/** Returns a page of entries, newest first; `before`: only entries with a smaller id. */
export const listAudit = async (
  reader: Reader,
  { before, limit, territories, requestId, familyId, staffId, action }: AuditFilter,
): Promise<AuditEntry[]> => {
  const conditions = [
    ...(requestId === undefined ? [] : [Prisma.sql`entry.request_id = ${requestId}::uuid`]),
    ...(familyId === undefined ? [] : [Prisma.sql`entry.family_id = ${familyId}::uuid`]),
    ...(staffId === undefined ? [] : [Prisma.sql`entry.staff_id = ${staffId}::uuid`]),
    ...(action === undefined ? [] : [Prisma.sql`entry.action = ${action}`]),
    ...(before === undefined ? [] : [Prisma.sql`entry.id < ${before}`]),
    ...(territories === 'all' ? [] : [concerning(territories)]),
  ]
  const where = conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty
  return readFrom(reader).$queryRaw<AuditEntry[]>`
    SELECT entry.id, entry.at, entry.staff_id AS "staffId", entry.api_key_id AS "apiKeyId", entry.action,
      entry.request_id AS "requestId", entry.family_id AS "familyId", entry.subject_id AS "subjectId"
    FROM audit_entries entry ${where} ORDER BY entry.id DESC LIMIT ${limit}`
}

/** Entries about requests and families of these territories, and about staff who serve one of them. */
const concerning = (territories: readonly string[]): Prisma.Sql => Prisma.sql`(
  EXISTS (
    SELECT FROM requests WHERE requests.id = entry.request_id AND requests.territory = ANY (${[...territories]})
  ) OR EXISTS (
    SELECT FROM families WHERE families.id = entry.family_id AND families.territory = ANY (${[...territories]})
  ) OR entry.action LIKE 'incoming.%' AND EXISTS (
    SELECT FROM incoming_appeals appeal
    WHERE appeal.id = entry.subject_id AND appeal.territory = ANY (${[...territories]})
  ) OR entry.action = 'staff.changed' AND EXISTS (
    SELECT FROM staff_members WHERE staff_members.id = entry.subject_id
      AND staff_members.territories && ${[...territories]}::text[]
  )
)`
