import type { Database } from '#storage/database.ts'

/** Something that staff see has changed: whose work it is, by member or by territory. */
export type Change = { key: string; territory: string | null; staffIds: string[] }

type Row = { key: string; territory: string | null; staff: (string | null)[]; now: Date }

/**
 * What was changed after a moment of the database's clock, and its clock now. A transaction that took long shows later than its
 * changes say: callers look back a little, and leave out by `key` what they know.
 */
export const changesSince = async (
  database: Database,
  since: Date | null,
): Promise<{ changes: Change[]; now: Date }> => {
  const rows = await database.sql.query<Row>(
    'console-changes',
    `SELECT clock_timestamp() AS now, NULL AS key, NULL AS territory, '{}'::uuid[] AS staff
     UNION ALL
     SELECT NULL, concat('r', id, extract(epoch FROM updated_at)), territory, ARRAY[assigned_to_id, claimed_by_id]
     FROM requests WHERE updated_at > $1
     UNION ALL
     SELECT NULL, concat('f', id, extract(epoch FROM updated_at)), territory, ARRAY[curator_id]
     FROM families WHERE updated_at > $1
     UNION ALL
     SELECT NULL, concat('v', visits.id, extract(epoch FROM visits.updated_at)), territory, ARRAY[curator_id, staff_id]
     FROM visits JOIN families ON families.id = family_id WHERE visits.updated_at > $1
     UNION ALL
     SELECT NULL, concat('m', messages.id, extract(epoch FROM messages.updated_at)), territory, ARRAY[curator_id]
     FROM messages JOIN families ON families.id = family_id WHERE messages.updated_at > $1
     UNION ALL
     SELECT NULL, concat('s', id, extract(epoch FROM updated_at)), NULL, ARRAY[id]
     FROM staff_members WHERE updated_at > $1
     UNION ALL
     SELECT NULL, concat('i', id), territory, '{}'::uuid[]
     FROM incoming_appeals WHERE stored_at > $1
     UNION ALL
     SELECT NULL, concat('t', step.id), appeal.territory, ARRAY[families.curator_id]
     FROM incoming_steps step JOIN incoming_appeals appeal ON appeal.id = appeal_id LEFT JOIN families ON families.id = family_id
     WHERE step.stored_at > $1`,
    [since ?? new Date('9999-01-01')],
  )
  const [clock] = rows
  if (!clock) throw new Error('the database tells no time')
  const changes = rows
    .slice(1)
    .map(({ key, territory, staff }) => ({ key, territory, staffIds: staff.filter((id) => id !== null) }))
  return { changes, now: clock.now }
}
