import type { Tx } from './database.ts'

// What a job should have taken care of by now. Judged by the database's clock, as jobs are: they are two minutes late at
// least, so that the ordinary way has had its time.

/** Waiting requests that nothing wakes any more, or nothing ever did: oldest first, at most 200. */
export const forgottenRequests = (tx: Tx): Promise<{ id: string; escalations: number; begun: boolean }[]> =>
  tx.$queryRaw`
    SELECT id, escalations, escalate_at IS NOT NULL AS begun FROM requests
    WHERE status = 'submitted' AND (escalate_at IS NULL OR escalate_at < now() - interval '2 minutes')
    ORDER BY submitted_at, id LIMIT 200`

/** Members who are not there, and still have open requests. */
export const awayWithRequests = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT member.id FROM requests
    JOIN staff_members member ON member.id = requests.assigned_to_id
    WHERE requests.status IN ('submitted', 'claimed') AND (
      NOT member.active OR EXISTS (
        SELECT FROM staff_absences absence
        WHERE absence.staff_id = member.id AND absence.until > now() AND absence."from" < now() - interval '2 minutes'
      )
    )`
  return rows.map(({ id }) => id)
}
