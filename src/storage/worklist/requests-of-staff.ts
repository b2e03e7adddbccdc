import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import { appliedAt } from '#storage/requests/duplicates.ts'
import type { RequestKind, RequestSource } from '#storage/requests/requests.ts'
import type { OpenRequest } from './open-work.ts'

/** Whose requests: those of a member of staff, of these territories, and for a specialist what waits for anybody. */
export type StaffScope = { staffId: string; territories: readonly string[]; anybodys: boolean }

export type RequestOfStaff = OpenRequest & {
  kind: RequestKind
  source: RequestSource
  claimedById: string | null
  assignedToId: string | null
  safetyCheck: string | null
  /** A code of why it was closed; null: it is not. */
  outcome: string | null
  /** The applicant was: kind, applicant and day stand for nothing. */
  erased: boolean
}

/** What `isConcernOf` says of one request, of all. */
const concerning = ({ staffId, territories, anybodys }: StaffScope): Prisma.Sql => Prisma.sql`(
  r.assigned_to_id = ${staffId}::uuid OR r.claimed_by_id = ${staffId}::uuid
  OR (r.territory = ANY (${[...territories]}::text[])
      ${anybodys ? Prisma.sql`OR r.status = 'submitted' AND r.assigned_to_id IS NULL` : Prisma.empty})
    AND NOT EXISTS (SELECT FROM request_events e WHERE e.request_id = r.id AND ${staffId}::uuid = ANY (e.hidden_from)))`

const columns = Prisma.sql`r.id, r.number, r.territory, r.applicant, r.urgent,
  r.representative_consent AS "representativeConsent", r.status, r.stage, r.submitted_at AS "submittedAt",
  ${appliedAt} AS "appliedAt", r.claimed_at AS "claimedAt", COALESCE(r.claimed_by_id, r.assigned_to_id) AS "holderId", r.kind, r.source,
  r.claimed_by_id AS "claimedById", r.assigned_to_id AS "assignedToId", r.safety_check AS "safetyCheck",
  EXISTS (SELECT FROM persons p WHERE p.id = r.person_id AND p.erased_at IS NOT NULL) AS erased`

/** No list is worked through beyond this; whoever has more needs the search. */
const mostOpen = 2000
export const mostOver = 1000

/** Open requests and open safety checks, the oldest first. */
export const openRequestsOfStaff = (reader: Reader, scope: StaffScope): Promise<RequestOfStaff[]> =>
  readFrom(reader).$queryRaw<RequestOfStaff[]>`
    SELECT ${columns}, promise.due_at AS "promisedAt", NULL AS outcome
    FROM requests r LEFT JOIN promises promise ON promise.request_id = r.id AND promise.ended_at IS NULL
    WHERE (r.status IN ('submitted', 'claimed') OR r.status = 'withdrawn' AND r.safety_check = 'open')
      AND ${concerning(scope)}
    ORDER BY r.submitted_at, r.id LIMIT ${mostOpen}`

export type OverFilter = {
  status: 'closed' | 'withdrawn'
  territory?: string | undefined
  source?: RequestSource | undefined
  kind?: RequestKind | undefined
  urgent?: boolean | undefined
}

const fitting = ({ status, territory, source, kind, urgent }: OverFilter): Prisma.Sql =>
  Prisma.join(
    [
      Prisma.sql`r.status = ${status}`,
      ...(territory === undefined ? [] : [Prisma.sql`r.territory = ${territory}`]),
      ...(source === undefined ? [] : [Prisma.sql`r.source = ${source}`]),
      ...(kind === undefined ? [] : [Prisma.sql`r.kind = ${kind}`]),
      ...(urgent ? [Prisma.sql`r.urgent`] : []),
    ],
    ' AND ',
  )

/** A page of requests that are over, the newest first, with what came of them. */
export const overRequestsOfStaff = (
  reader: Reader,
  scope: StaffScope,
  filter: OverFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<RequestOfStaff[]> =>
  readFrom(reader).$queryRaw<RequestOfStaff[]>`
    SELECT ${columns}, NULL AS "promisedAt", (SELECT detail FROM request_events e
      WHERE e.request_id = r.id AND e.kind = 'closed' ORDER BY e.id DESC LIMIT 1) AS outcome
    FROM requests r WHERE ${fitting(filter)} AND ${concerning(scope)}
    ORDER BY r.submitted_at DESC, r.id DESC LIMIT ${limit} OFFSET ${offset}`

/** How many are over; no more than `mostOver`, which stands for «that many, or more». */
export const countOverOfStaff = async (
  reader: Reader,
  scope: StaffScope,
  filter: OverFilter,
): Promise<number> => {
  const [row] = await readFrom(reader).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM requests r WHERE ${fitting(filter)} AND ${concerning(scope)} LIMIT ${mostOver}) one`
  return row?.count ?? 0
}
