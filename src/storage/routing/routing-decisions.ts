import type { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
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

/** An active intake specialist who has joined, with what they have in hand. */
export type SpecialistRow = {
  id: string
  territories: string[]
  languages: string[]
  minorsTrained: boolean
  capacity: number | null
  dutyHours: DutyHours | null
  /** The end of the absence that has begun; null for one who is there. */
  absentUntil: Date | null
  /** They cannot be written to. */
  unreachable: boolean
  /** Open requests, routed to the member or claimed; `openUrgent` of them are urgent. */
  open: number
  openUrgent: number
  lastAssignedAt: Date | null
}

/**
 * Lets one transaction at a time judge who gets a request, until it ends: two that judge by the same figures would
 * both choose the same specialist. Taken after every lock of a request, and before nothing but the reading.
 */
export const lockRouting = async (tx: Tx): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('ryadom.routing'))`
}

/** All who could be given a request, in one statement; `except`: a request that does not count as in hand. */
export const readSpecialists = (
  reader: Reader,
  { now, except = null }: { now: Date; except?: string | null },
): Promise<SpecialistRow[]> =>
  readFrom(reader).$queryRaw<SpecialistRow[]>`
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
  /** Codes and figures, as features/routing/reason.ts reads them. */
  reason: unknown
}

type NewDecision = Omit<RoutingDecision, 'id' | 'reason'> & {
  reason: object
  /** Whether it is another assignee than before: an event of the request then, and the member's newest. */
  assigned: boolean
  apiKeyId?: string | undefined
}

/** Keeps a decision, with what follows from it, in one statement. */
export const insertDecision = async (tx: Tx, decision: NewDecision): Promise<void> => {
  const { requestId, at, trigger, staffId, reason, assigned, apiKeyId = null } = decision
  await tx.$executeRaw`
    WITH decision AS (
      INSERT INTO routing_decisions (request_id, at, trigger, staff_id, reason)
      VALUES (${requestId}::uuid, ${at}, ${trigger}, ${staffId}::uuid, ${JSON.stringify(reason)}::jsonb)
    ), event AS (
      INSERT INTO request_events (request_id, at, kind, staff_id, api_key_id)
      SELECT ${requestId}::uuid, ${at}, 'assigned', ${staffId}::uuid, ${apiKeyId}::uuid
      WHERE ${assigned} AND ${staffId}::uuid IS NOT NULL
    )
    UPDATE staff_members SET last_assigned_at = ${at} WHERE ${assigned} AND id = ${staffId}::uuid`
}

/** The newest decision about each of some requests. */
export const latestDecisions = async (
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, RoutingDecision>> => {
  if (requestIds.length === 0) return new Map()
  const rows = await readFrom(reader).routingDecision.findMany({
    where: { requestId: { in: [...requestIds] } },
    orderBy: [{ requestId: 'asc' }, { id: 'desc' }],
    distinct: ['requestId'],
  })
  return new Map(rows.map((row) => [row.requestId, toDecision(row)]))
}

/** All decisions about a request, oldest first. */
export const decisionsOf = async (reader: Reader, requestId: string): Promise<RoutingDecision[]> =>
  (await readFrom(reader).routingDecision.findMany({ where: { requestId }, orderBy: { id: 'asc' } })).map(
    toDecision,
  )

/** Who passed the request on, in words of their own, and (`escalating`) everybody who was given it: last held, last. */
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
