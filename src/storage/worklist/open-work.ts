import type { Member } from '#storage/families/family-members.ts'
import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'
import { stillUrgent } from '#storage/families/urgent-families.ts'
import { appliedAt } from '#storage/requests/duplicates.ts'
import type { Applicant, RepresentativeConsent, RequestStatus } from '#storage/requests/requests.ts'

/**
 * Whose work: of one member of staff, with the families of `orphansIn` (territories) that nobody is responsible for; or all of
 * these territories.
 */
export type WorkScope =
  | { staffId: string; orphansIn?: readonly string[] }
  | { territories: readonly string[]; readerId: string }

export type OpenRequest = {
  id: string
  number: string
  territory: string
  applicant: Applicant
  urgent: boolean
  representativeConsent: RepresentativeConsent
  status: RequestStatus
  stage: string
  submittedAt: Date
  /** From when the terms count: of those that were merged into it, the first. */
  appliedAt: Date
  claimedAt: Date | null
  /** Who has taken it, or for whom it waits. */
  holderId: string | null
  /** By when its family was promised that somebody reads or answers; null: nothing is open. */
  promisedAt: Date | null
}

/** No list is worked through beyond this; whoever has more needs the search. */
const most = 2000

/**
 * Open requests: assigned to or taken by a member of staff, or all of territories but those of which a line is kept from the reader
 * (ADR 60).
 */
export const openRequestsIn = (reader: Reader, scope: WorkScope): Promise<OpenRequest[]> =>
  readFrom(reader).$queryRaw<OpenRequest[]>`
    SELECT r.id, r.number, r.territory, r.applicant, r.urgent, r.representative_consent AS "representativeConsent",
      r.status, r.stage, r.submitted_at AS "submittedAt", ${appliedAt} AS "appliedAt",
      r.claimed_at AS "claimedAt",
      COALESCE(r.claimed_by_id, r.assigned_to_id) AS "holderId", promise.due_at AS "promisedAt"
    FROM requests r LEFT JOIN promises promise ON promise.request_id = r.id AND promise.ended_at IS NULL
    WHERE r.status IN ('submitted', 'claimed') AND ${
      'staffId' in scope
        ? Prisma.sql`r.assigned_to_id = ${scope.staffId}::uuid`
        : Prisma.sql`r.territory = ANY (${[...scope.territories]}::text[]) AND (r.assigned_to_id = ${scope.readerId}::uuid
            OR NOT EXISTS (SELECT FROM request_events e
              WHERE e.request_id = r.id AND ${scope.readerId}::uuid = ANY (e.hidden_from)))`
    }
    ORDER BY r.submitted_at, r.id LIMIT ${most}`

export type OpenFamily = {
  id: string
  number: number
  territory: string
  level: SupportLevel | null
  stage: string
  appliedAt: Date
  createdAt: Date
  curatorId: string | null
  /** By when a member was promised that their words are read; null: nothing is open, as far as the reader may know. */
  promisedAt: Date | null
  /** Whether a member has written what nobody has read, as far as the reader may know. */
  unread: boolean
  /** The first visit that is planned for today. */
  visitAt: Date | null
  /** Its request was urgent, and nobody has been there yet. */
  urgent: boolean
}

/**
 * Families under support: of a curator, of territories, or these, whoever has them. What a member asked to keep from `readerId` (ADR 39)
 * does not show. `today`: from and until. `overdue`: of these only whose term or promise may have passed.
 */
export const openFamiliesIn = (
  reader: Reader,
  scope: WorkScope | { familyIds: readonly string[] },
  {
    readerId,
    today,
    overdue,
  }: { readerId: string; today: readonly [Date, Date]; overdue?: Overdue | undefined },
): Promise<OpenFamily[]> => {
  const apart = (member: Prisma.Sql, at: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM talks_apart talk WHERE talk.member_id = ${member} AND talk.ended_at IS NULL
      AND ${readerId}::uuid = ANY (talk.staff_ids) AND talk.since <= ${at})`
  return readFrom(reader).$queryRaw<OpenFamily[]>`
    SELECT f.id, f.number, f.territory, f.level, f.stage, f.applied_at AS "appliedAt", f.created_at AS "createdAt",
      f.curator_id AS "curatorId",
      (SELECT min(promise.due_at) FROM family_members member JOIN promises promise ON promise.member_id = member.id
        WHERE member.family_id = f.id AND promise.ended_at IS NULL AND member.removed_at IS NULL
          AND NOT ${apart(Prisma.sql`member.id`, Prisma.sql`promise.made_at`)}) AS "promisedAt",
      EXISTS (SELECT FROM family_members member JOIN messages message ON message.member_id = member.id
        WHERE member.family_id = f.id AND member.removed_at IS NULL AND message.author = 'member'
          AND message.read_at IS NULL AND NOT ${apart(Prisma.sql`message.member_id`, Prisma.sql`message.at`)}) AS unread,
      (SELECT min(starts_at) FROM visits WHERE family_id = f.id AND status = 'planned'
        AND starts_at >= ${today[0]} AND starts_at < ${today[1]}) AS "visitAt",
      ${stillUrgent} AS urgent
    FROM families f
    WHERE ${'familyIds' in scope ? Prisma.empty : Prisma.sql`f.status = 'active' AND`} ${
      'familyIds' in scope
        ? Prisma.sql`f.id = ANY (${[...scope.familyIds]}::uuid[])`
        : 'staffId' in scope
          ? Prisma.sql`f.id IN (SELECT id FROM families WHERE curator_id = ${scope.staffId}::uuid AND status = 'active'
            ${orphanIds(scope.orphansIn ?? [])})`
          : Prisma.sql`f.territory = ANY (${[...scope.territories]}::text[])`
    } ${overdue ? Prisma.sql`AND f.id IN (${idsOverdue(overdue)})` : Prisma.empty}
    ORDER BY f.created_at, f.id LIMIT ${most}`
}

/** `day`: today, as `2026-11-30`. */
type Overdue = { now: Date; day: string }

/** Few of a territory's many: found by their terms and promises, which are in order of when they are due. */
const idsOverdue = ({ now, day }: Overdue): Prisma.Sql => Prisma.sql`
  SELECT family_id FROM case_terms WHERE replaced_at IS NULL AND state = 'open' AND due_on < ${day}::date
  UNION ALL SELECT member.family_id FROM promises promise JOIN family_members member ON member.id = promise.member_id
  WHERE promise.ended_at IS NULL AND promise.due_at <= ${now}`

/** Looked up by curator, none or one who is not there: a territory's families are many, and of these there are few. */
const orphanIds = (territories: readonly string[]): Prisma.Sql =>
  territories.length === 0
    ? Prisma.empty
    : Prisma.sql`
    UNION ALL SELECT id FROM families
    WHERE curator_id IS NULL AND status = 'active' AND territory = ANY (${[...territories]}::text[])
    UNION ALL SELECT family.id FROM staff_members curator JOIN families family ON family.curator_id = curator.id
    WHERE NOT (curator.active AND curator.role <> 'intake' AND curator.person_id IS NOT NULL
        AND curator.unreachable_since IS NULL)
      AND family.status = 'active' AND family.territory = ANY (${[...territories]}::text[])`

type StageStart = { id: string; stage: string; at: Date }

/** When the stages of requests began. */
export const stagesOfRequests = (reader: Reader, ids: readonly string[]): Promise<StageStart[]> =>
  readFrom(reader).$queryRaw<StageStart[]>`
    SELECT request_id AS id, detail AS stage, at FROM request_events
    WHERE request_id = ANY (${[...ids]}::uuid[]) AND kind = 'stage' AND detail IS NOT NULL ORDER BY request_events.id`

/** When the stages of families began. */
export const stagesOfFamilies = (reader: Reader, ids: readonly string[]): Promise<StageStart[]> =>
  readFrom(reader).$queryRaw<StageStart[]>`
    SELECT family_id AS id, detail AS stage, at FROM family_events
    WHERE family_id = ANY (${[...ids]}::uuid[]) AND kind = 'stage' AND detail IS NOT NULL ORDER BY family_events.id`

/** The sealed names of current members, by family, in the order in which they were added. */
export const membersOfFamilies = async (
  reader: Reader,
  familyIds: readonly string[],
): Promise<Map<string, Pick<Member, 'id' | 'name' | 'personId' | 'paperPersonId'>[]>> => {
  if (familyIds.length === 0) return new Map()
  const where = { familyId: { in: [...familyIds] }, removedAt: null }
  const orderBy = [{ addedAt: 'asc' as const }, { id: 'asc' as const }]
  const select = { id: true, name: true, familyId: true, personId: true, paperPersonId: true }
  const rows = await readFrom(reader).familyMember.findMany({ where, orderBy, select })
  return Map.groupBy(rows, ({ familyId }) => familyId)
}
