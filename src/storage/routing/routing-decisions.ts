import type { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { direct, directFrom } from '#storage/direct.ts'
import type { DutyHours } from '#storage/staff/staff.ts'

export const routingTriggers = [
  'submitted',
  'passed-on',
  'absence',
  'escalation',
  'assigned',
  'returned',
] as const
export type RoutingTrigger = (typeof routingTriggers)[number]

/** An active intake specialist who has joined, with their workload. */
export type SpecialistRow = {
  id: string
  territories: string[]
  languages: string[]
  minorsTrained: boolean
  capacity: number | null
  dutyHours: DutyHours | null
  /** End of the current absence; null: present. */
  absentUntil: Date | null
  /** Whether messages to them fail. */
  unreachable: boolean
  /** Open requests, assigned or claimed; `openUrgent` of them are urgent. */
  open: number
  openUrgent: number
  lastAssignedAt: Date | null
}

/**
 * Serialises assignment decisions until the transaction ends: two concurrent ones would read the same workloads and
 * choose the same specialist. To avoid deadlocks, acquire it after all request locks, just before reading.
 */
export const lockRouting = async (tx: Tx): Promise<void> => {
  await direct(tx)`SELECT 1 FROM pg_advisory_xact_lock(hashtext('ryadom.routing'))`
}

/** Reads all possible assignees in one statement; `except`: a request to leave out of the workload. */
export const readSpecialists = (
  reader: Reader,
  { now, except = null }: { now: Date; except?: string | null },
): Promise<SpecialistRow[]> =>
  direct(readFrom(reader))<SpecialistRow>`
    SELECT s.id, s.territories, s.languages, s.minors_trained AS "minorsTrained", s.capacity,
      s.duty_hours AS "dutyHours", s.last_assigned_at AS "lastAssignedAt",
      (SELECT max(a.until) FROM staff_absences a
        WHERE a.staff_id = s.id AND a."from" <= ${now} AND a.until > ${now}) AS "absentUntil",
      s.unreachable_since IS NOT NULL AS unreachable,
      hand.open, hand."openUrgent"
    FROM staff_members s CROSS JOIN LATERAL (
      SELECT count(*)::int AS open, (count(*) FILTER (WHERE r.urgent))::int AS "openUrgent" FROM requests r
      WHERE r.assigned_to_id = s.id AND r.status IN ('submitted', 'claimed')
        AND r.id IS DISTINCT FROM ${except}::uuid
    ) hand
    WHERE s.role = 'intake' AND s.active AND s.person_id IS NOT NULL ORDER BY s.id`

export type RoutingDecision = {
  id: bigint
  requestId: string
  at: Date
  trigger: RoutingTrigger
  /** Null: the region's fallback group. */
  staffId: string | null
  /** Codes and figures, see features/routing/routing-reason.ts. */
  reason: unknown
}

type NewDecision = Omit<RoutingDecision, 'id' | 'reason'> & {
  reason: object
  /** Whether the assignee changes: then adds an event and updates the member's `last_assigned_at`. */
  assigned: boolean
  apiKeyId?: string | undefined
}

/** Inserts a decision and its consequences in one statement. */
export const insertDecision = async (tx: Tx, decision: NewDecision): Promise<void> => {
  const { requestId, at, trigger, staffId, reason, assigned, apiKeyId = null } = decision
  await direct(tx)`
    WITH decision AS (
      INSERT INTO routing_decisions (request_id, at, trigger, staff_id, reason)
      VALUES (${requestId}::uuid, ${at}, ${trigger}, ${staffId}::uuid, ${JSON.stringify(reason)}::jsonb)
    ), event AS (
      INSERT INTO request_events (request_id, at, kind, staff_id, api_key_id)
      SELECT ${requestId}::uuid, ${at}, 'assigned', ${staffId}::uuid, ${apiKeyId}::uuid
      WHERE ${assigned} AND ${staffId}::uuid IS NOT NULL
    )
    UPDATE staff_members SET last_assigned_at = ${at} WHERE ${assigned} AND id = ${staffId}::uuid RETURNING id`
}

/** Returns the latest decision for each request. */
export const latestDecisions = async (
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, RoutingDecision>> => {
  if (requestIds.length === 0) return new Map()
  const rows = await directFrom(reader)<Omit<RoutingDecision, 'id'> & { id: string }>`
    SELECT DISTINCT ON (request_id) id::text AS id, request_id AS "requestId", at, trigger, staff_id AS "staffId",
      reason
    FROM routing_decisions WHERE request_id = ANY (${[...requestIds]}::uuid[]) ORDER BY request_id, id DESC`
  return new Map(rows.map((row) => [row.requestId, { ...row, id: BigInt(row.id) }]))
}

/** Returns all decisions for a request, oldest first. */
export const decisionsOf = async (reader: Reader, requestId: string): Promise<RoutingDecision[]> =>
  (await readFrom(reader).routingDecision.findMany({ where: { requestId }, orderBy: { id: 'asc' } })).map(
    toDecision,
  )

/** Returns who passed the request on with a reason and, if `escalating`, all earlier assignees; most recent last. */
export const previousAssignees = async (
  tx: Tx,
  requestId: string,
  escalating: boolean,
): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT staff_id AS id FROM (
      SELECT staff_id, at, 0 AS decision FROM request_events
      WHERE request_id = ${requestId}::uuid AND kind = 'passed-on' AND text IS NOT NULL AND staff_id IS NOT NULL
      UNION ALL
      SELECT staff_id, at, id FROM routing_decisions
      WHERE ${escalating} AND request_id = ${requestId}::uuid AND staff_id IS NOT NULL
    ) held
    GROUP BY staff_id ORDER BY max(at), max(decision), staff_id`
  return rows.map(({ id }) => id)
}

type StoredDecision = Omit<RoutingDecision, 'trigger'> & { trigger: string; reason: Prisma.JsonValue }

const toDecision = (row: StoredDecision): RoutingDecision => ({
  ...row,
  trigger: row.trigger as RoutingTrigger,
})
