import { newId } from '#core/ids.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** How many rows of a kind are past a moment: the conditions of the deletions elsewhere in storage, beside each other. */
const counting = {
  drafts: `FROM drafts WHERE updated_at < $1`,
  'processed-updates': `FROM processed_updates WHERE at < $1`,
  'failed-updates': `FROM failed_updates WHERE failed_at < $1`,
  'idempotent-answers': `FROM idempotent_answers WHERE at < $1`,
  'staff-messages': `FROM staff_messages WHERE at < $1`,
  'chat-messages': `FROM chat_messages WHERE at < $1`,
  'stray-hidden': `FROM hidden_chats WHERE person_id IS NULL AND since < $1`,
  'staff-drafts': `FROM staff_drafts WHERE updated_at < $1`,
  'staff-links': `FROM staff_invites WHERE used_at IS NULL AND expires_at < $1`,
  'family-links': `FROM family_invites WHERE used_at IS NULL AND expires_at < $1`,
  'console-access': `FROM (SELECT expires_at FROM console_links UNION ALL SELECT expires_at FROM console_sessions) AS access
    WHERE expires_at < $1`,
  'console-challenges': `FROM console_challenges WHERE expires_at < $1`,
  'webhook-events': `FROM webhook_events event WHERE at < $1 AND NOT EXISTS (
      SELECT FROM webhook_deliveries WHERE event_id = event.id AND status IN ('pending', 'held')
    ) AND (position IS NULL OR position < (SELECT max(position) FROM webhook_events))`,
  together: `FROM together WHERE ended_at < $1 AND joined_at IS NULL`,
  pushes: `FROM pushes WHERE at < $1 AND ended_at < $1 AND status IN ('sent', 'dropped', 'summed')
    AND NOT (kind = 'plan' AND status IN ('sent', 'summed'))`,
  // Of what its chain leaves to be forgotten: three years before its last day.
  audit: `FROM audit_entries entry JOIN audit_links link ON link.entry_id = entry.id
    WHERE link.day < LEAST($1::date, (SELECT max(day) - interval '3 years' FROM audit_links)::date)`,
  'dead-jobs': `FROM pgboss.job WHERE state IN ('completed', 'cancelled', 'failed') AND completed_on < $1`,
  'closed-cases': `FROM families WHERE status = 'closed' AND closed_at < $1
    AND NOT EXISTS (SELECT FROM destruction_acts act WHERE act.kind = 'family' AND act.subject_id = families.id)`,
  // Of applicants of whom nothing else is there: what they told is sealed with one key.
  'closed-requests': `FROM requests request JOIN persons person ON person.id = request.person_id
    WHERE person.erased_at IS NULL AND request.status IN ('closed', 'withdrawn')
    AND NOT EXISTS (
      SELECT FROM requests own
        LEFT JOIN request_duplicates merge ON merge.duplicate_id = own.id AND merge.undone_at IS NULL
        JOIN requests kept ON kept.id = coalesce(merge.kept_id, own.id)
      WHERE own.person_id = person.id AND (
        own.status NOT IN ('closed', 'withdrawn') OR kept.status NOT IN ('closed', 'withdrawn')
        OR greatest(coalesce(own.closed_at, own.withdrawn_at), coalesce(kept.closed_at, kept.withdrawn_at)) >= $1
        OR 'open' IN (own.safety_check, kept.safety_check)
        OR EXISTS (
          SELECT FROM families family WHERE family.request_id IN (own.id, kept.id) AND family.erased_at IS NULL
        )
      )
    )
    AND NOT EXISTS (
      SELECT FROM family_members member JOIN families family ON family.id = member.family_id
      WHERE member.person_id = person.id AND family.erased_at IS NULL
    )
    AND NOT EXISTS (SELECT FROM staff_members WHERE person_id = person.id)
    AND NOT EXISTS (SELECT FROM drafts WHERE person_id = person.id)
    AND NOT EXISTS (SELECT FROM data_requests asked WHERE asked.person_id = person.id AND asked.closed_at IS NULL)`,
} as const
export type Expiring = keyof typeof counting

/** Returns how many rows of a kind are older than a moment. */
export const countExpired = async (reader: Reader, kind: Expiring, before: Date): Promise<number> => {
  if (kind === 'dead-jobs' && !(await hasQueue(reader))) return 0
  const [row] = await readFrom(reader).$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::int AS count ${counting[kind]}`,
    before,
  )
  return row?.count ?? 0
}

/** Before the first start of the app there is no queue. */
const hasQueue = async (reader: Reader): Promise<boolean> => {
  const [row] = await readFrom(reader).$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('pgboss.job') IS NOT NULL AS there`
  return row?.there === true
}

/** Families that were closed before a moment and are not erased yet, the longest closed first. */
export const closedFamiliesBefore = async (
  reader: Reader,
  before: Date,
  limit: number,
): Promise<string[]> => {
  const rows = await readFrom(reader).$queryRawUnsafe<{ id: string }[]>(
    `SELECT id::text AS id ${counting['closed-cases']} ORDER BY closed_at, id LIMIT $2::int`,
    before,
    limit,
  )
  return rows.map(({ id }) => id)
}

/** Applicants whose requests became no case and ended before a moment, and how many these are; the longest ended first. */
export const applicantsBefore = async (
  reader: Reader,
  before: Date,
  limit: number,
): Promise<{ personId: string; requests: number }[]> =>
  readFrom(reader).$queryRawUnsafe<{ personId: string; requests: number }[]>(
    `SELECT person.id::text AS "personId", count(*)::int AS requests ${counting['closed-requests']}
      GROUP BY person.id ORDER BY max(coalesce(request.closed_at, request.withdrawn_at)), person.id LIMIT $2::int`,
    before,
    limit,
  )

export type StartedBy = 'schedule' | 'operator'

/** Notes that a run took place, and how much it deleted. */
export const addRetentionRun = async (
  tx: Tx,
  { at, startedBy, counts }: { at: Date; startedBy: StartedBy; counts: Record<string, number> },
): Promise<void> => {
  await tx.retentionRun.create({ data: { id: newId(), at, startedBy, counts } })
}
