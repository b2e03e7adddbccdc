import { Client } from 'pg'
import { createLog } from '#core/log.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { peopleOf } from './accounts.ts'

/** Chats of the wave's families; no other chat ids start there. */
export const firstChat = 4_000_000_000

/**
 * A year of a centre: families with one member and five visits each, three of five visits past, the others spread
 * over the coming months with all their reminders. `soon` of them are due within one minute in an hour.
 */
export const fillWithVisits = async (
  url: string,
  { families, soon }: { families: number; soon: number },
): Promise<void> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url }, log)
  await migrate(database, log)
  await database.close()
  await withClient(url, async (client) => {
    // Foreign keys are not what is measured, and would be checked a million times.
    await client.query('SET session_replication_role = replica')
    await client.query('SET synchronous_commit = off')
    await client.query(staffSql)
    await client.query(familiesSql, [families])
    const accounts = Array.from({ length: families }, (_, n) => `telegram:${firstChat + n + 1}`)
    await client.query(peopleSql, peopleOf(accounts))
    await client.query(membersSql)
    await client.query(visitsSql)
    await client.query(remindersSql)
    await client.query(soonSql, [soon])
    await client.query('VACUUM ANALYZE')
  })
}

/** Gives this many families a visit in two hours, so that all are to be reminded now. Returns their number. */
export const makeWave = (url: string, size: number): Promise<number> =>
  withClient(url, async (client) => {
    await client.query('SET session_replication_role = replica')
    return (await client.query(waveSql, [size])).rowCount ?? 0
  })

/** Number of due reminders not yet queued; of pushes waiting, and sent. */
export const standing = (
  client: Client,
): Promise<{ due: number; waiting: number; sent: number } | undefined> =>
  client.query<{ due: number; waiting: number; sent: number }>(standingSql).then(({ rows: [row] }) => row)

export const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const staffSql = `
  INSERT INTO staff_members (id, name, role, territories)
  SELECT gen_random_uuid(), 'Curator ' || n, 'curator', ARRAY['leninsky'] FROM generate_series(1, 40) n`

const familiesSql = `
  INSERT INTO families (id, number, region, territory, level, stage, applied_at, created_at, curator_id)
  SELECT gen_random_uuid(), n, 'stavropol', 'leninsky', 'basic', 'activities', now(), now(), staff.id
  FROM generate_series(1, $1::int) n
  JOIN (SELECT id, row_number() OVER () AS place FROM staff_members) staff ON staff.place = 1 + n % 40`

/** Disables quiet hours, whatever the time of day. */
const peopleSql = `
  INSERT INTO persons (id, account, sealed_account, quiet_from, quiet_until)
  SELECT id, account, sealed_account, '00:00', '00:00'
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS given (id, account, sealed_account)`

const membersSql = `
  INSERT INTO family_members (id, family_id, person_id, role, name, added_at, joined_at)
  SELECT gen_random_uuid(), f.id, p.id, 'parent', 'v1.bench.' || repeat('a', 60), now(), now()
  FROM families f
  JOIN (SELECT id, row_number() OVER (ORDER BY account) AS place FROM persons) p ON p.place = f.number`

const visitColumns = `id, family_id, staff_id, starts_at, ends_at, purpose, audience, content, door_code, status,
    created_at, changed_at`
const visitValues = (
  at: string,
) => `gen_random_uuid(), f.id, f.curator_id, ${at}, ${at} + interval '1 hour', 'regular',
    'family', 'v1.bench.' || repeat('c', 100), 'v1.bench.' || repeat('d', 40),
    CASE WHEN ${at} < now() THEN 'done' ELSE 'planned' END, now(), now()`

const visitsSql = `
  INSERT INTO visits (${visitColumns})
  SELECT ${visitValues('at')} FROM (
    SELECT f.*, date_trunc('minute', now() + (CASE WHEN n <= 3 THEN -1 ELSE 1 END) *
      (interval '2 days' + random() * interval '180 days')) AS at
    FROM families f, generate_series(1, 5) n
  ) f`

const remindersSql = `
  INSERT INTO visit_reminders (visit_id, version, kind, due_at, dispatched_at)
  SELECT id, 0, kind, starts_at - lead, CASE WHEN status = 'done' THEN starts_at - lead END
  FROM visits, (VALUES ('day', interval '24 hours'), ('hours', interval '2 hours')) kinds (kind, lead)`

const soonSql = `
  WITH made AS (
    INSERT INTO visits (${visitColumns})
    SELECT ${visitValues("now() + interval '3 hours'")} FROM families f ORDER BY number DESC LIMIT $1
    RETURNING id, starts_at
  )
  INSERT INTO visit_reminders (visit_id, version, kind, due_at)
  SELECT id, 0, 'hours', starts_at - interval '2 hours' FROM made`

const waveSql = `
  WITH made AS (
    INSERT INTO visits (${visitColumns})
    SELECT ${visitValues("now() + interval '2 hours'")} FROM families f ORDER BY random() LIMIT $1
    RETURNING id
  )
  INSERT INTO visit_reminders (visit_id, version, kind, due_at)
  SELECT id, 0, 'hours', now() FROM made`

const standingSql = `
  SELECT (SELECT count(*)::int FROM visit_reminders WHERE dispatched_at IS NULL AND due_at <= now()) AS due,
    (SELECT count(*)::int FROM pushes WHERE status = 'waiting') AS waiting,
    (SELECT count(*)::int FROM pushes WHERE status = 'sent') AS sent`
