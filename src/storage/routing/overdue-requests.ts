import type { Tx } from '#storage/database.ts'

// What a job should have taken care of by now. Judged by the database's clock, as jobs are: they are two minutes late at
// least, so that the ordinary way has had its time.

/**
 * Waiting requests that nothing wakes any more, or nothing ever did: at most 200, by chance, so that those that cannot be helped do not stand
 * in the way of the others.
 */
export const overdueRequests = (tx: Tx): Promise<{ id: string; escalations: number; begun: boolean }[]> =>
  tx.$queryRaw`
    SELECT id, escalations, escalate_at IS NOT NULL AS begun FROM requests
    WHERE status = 'submitted' AND (escalate_at IS NULL OR escalate_at < now() - interval '2 minutes')
    ORDER BY random() LIMIT 200`

/** Members who are not there, and still have open requests that they did not take in hand while they were away. */
export const absentWithOpenRequests = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT member.id FROM requests
    JOIN staff_members member ON member.id = requests.assigned_to_id
    LEFT JOIN LATERAL (
      SELECT min("from") AS began FROM staff_absences
      WHERE staff_id = member.id AND until > now() AND "from" < now() - interval '2 minutes'
    ) away ON true
    WHERE requests.status IN ('submitted', 'claimed') AND (
      NOT member.active OR (away.began IS NOT NULL AND (requests.status = 'submitted' OR requests.claimed_at < away.began))
    )`
  return rows.map(({ id }) => id)
}
