import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { viewActions } from './audit-actions.ts'
import type { StaffRole } from './staff.ts'

/** How many families and requests a staff member or key has opened. */
export type Viewings = {
  actorId: string
  /** Null: a key. */
  role: StaffRole | null
  seen: number
  /** Their own limit; null: the usual one. */
  perHour: number | null
}

/** Counts what each staff member and key has opened since a moment. An export, which is about many, counts once. */
export const viewingsSince = (reader: Reader, since: Date): Promise<Viewings[]> =>
  readFrom(reader).$queryRaw<Viewings[]>`
    WITH seen AS (
      SELECT COALESCE(staff_id, api_key_id) AS actor_id,
        count(DISTINCT COALESCE(family_id::text, request_id::text, id::text))::int AS seen
      FROM audit_entries
      WHERE at > ${since} AND action = ANY (${[...viewActions]})
      GROUP BY 1
    )
    SELECT seen.actor_id AS "actorId", staff.role, seen.seen, watch.per_hour AS "perHour"
    FROM seen
    LEFT JOIN staff_members staff ON staff.id = seen.actor_id
    LEFT JOIN access_watches watch ON watch.actor_id = seen.actor_id
    WHERE seen.actor_id IS NOT NULL`

/** Records that supervisors are told now; false if they were told less than `windowMs` ago. */
export const claimViewingAlert = async (
  tx: Tx,
  { actorId, now, windowMs }: { actorId: string; now: Date; windowMs: number },
): Promise<boolean> => {
  const before = new Date(now.getTime() - windowMs)
  const told = await tx.$queryRaw<unknown[]>`
    INSERT INTO access_watches AS watch (actor_id, alerted_at) VALUES (${actorId}::uuid, ${now})
    ON CONFLICT (actor_id) DO UPDATE SET alerted_at = ${now}
      WHERE watch.alerted_at IS NULL OR watch.alerted_at <= ${before}
    RETURNING 1`
  return told.length > 0
}

/** Sets an actor's own limit; null: the usual one. */
export const setViewingLimit = async (tx: Tx, actorId: string, perHour: number | null): Promise<void> => {
  await tx.accessWatch.upsert({ where: { actorId }, create: { actorId, perHour }, update: { perHour } })
}
