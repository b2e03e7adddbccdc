import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Tx } from '#storage/database.ts'

// Finds work that jobs should have done at least two minutes ago; the margin lets regular jobs finish.

const marginMs = 2 * 60_000
const overdue = (now: Date) => new Date(now.getTime() - marginMs)

const overdueRows = (now: Date): Rows => Prisma.sql`
  SELECT id, escalations, escalate_at IS NOT NULL AS begun FROM requests
  WHERE (status = 'submitted' AND (escalate_at IS NULL OR escalate_at < ${overdue(now)}))
    OR (safety_check = 'open' AND escalate_at < ${overdue(now)})`

/** Inactive or absent members with open requests, other than those claimed during the absence. */
const absentRows = (now: Date): Rows => Prisma.sql`
  SELECT DISTINCT member.id FROM requests
  JOIN staff_members member ON member.id = requests.assigned_to_id
  LEFT JOIN LATERAL (
    -- Absences may overlap: who took it during one of them has not been there since the next.
    SELECT max("from") AS began FROM staff_absences
    WHERE staff_id = member.id AND until > ${now} AND "from" < ${overdue(now)}
  ) away ON true
  WHERE requests.status IN ('submitted', 'claimed') AND (
    NOT member.active OR (away.began IS NOT NULL AND (requests.status = 'submitted' OR requests.claimed_at < away.began))
  )`

/** What a sweep finds, of both kinds. */
export const forgotten = (now: Date): Rows[] => [overdueRows(now), absentRows(now)]

/**
 * Returns up to 200 waiting requests whose escalation is overdue or was never scheduled (`begun` false). Picks them at
 * random, so that requests that keep failing do not block the others.
 */
export const overdueRequests = (
  tx: Tx,
  now: Date,
): Promise<{ id: string; escalations: number; begun: boolean }[]> =>
  tx.$queryRaw`${overdueRows(now)} ORDER BY random() LIMIT 200`

export const absentWithOpenRequests = async (tx: Tx, now: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>(absentRows(now))
  return rows.map(({ id }) => id)
}
