import { Client } from 'pg'
import { createLog } from '#core/log.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { peopleOf } from './accounts.ts'

/** Territories and their share of all requests; the last one is rare. */
export const territories = ['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky', 'other'] as const

/** `moments`: submission times of the request at each tenth, oldest first; the last is near the end. */
export type Filled = { staffId: string; moments: Date[] }

/**
 * Ten years of a centre: the newest 0.5 % wait, the next 1.5 % are claimed, the others are closed or withdrawn. 3 %
 * are urgent, 40 specialists serve two territories each, and some requests were never assigned.
 */
export const fillWithRequests = async (url: string, rows: number): Promise<Filled> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url }, log)
  await migrate(database, log)
  await database.close()
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    // Foreign keys are not what is measured, and would be checked a million times.
    await client.query(`SET session_replication_role = replica`)
    await client.query(staffSql)
    const people = Array.from({ length: Math.floor(rows / 50) + 1 }, (_, n) => `bench:${n}`)
    await client.query(peopleSql, peopleOf(people))
    await client.query(requestsSql, [rows])
    await client.query('VACUUM ANALYZE')
    const staff = await client.query<{ id: string }>('SELECT id FROM staff_members ORDER BY name LIMIT 1')
    const tenths = await client.query<{ moments: Date[] }>(momentsSql)
    return { staffId: staff.rows[0]?.id ?? '', moments: tenths.rows[0]?.moments ?? [] }
  } finally {
    await client.end()
  }
}

const staffSql = `
  INSERT INTO staff_members (id, name, role, territories)
  SELECT gen_random_uuid(), 'Specialist ' || n, 'intake',
    ARRAY[(ARRAY['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky'])[1 + n % 4],
      (ARRAY['leninsky', 'oktyabrsky', 'promyshlenny', 'shpakovsky'])[1 + (n / 4) % 4]]
  FROM generate_series(1, 40) n`

/** A person has at most one open request, so there are as many people as open requests. */
const peopleSql = `
  INSERT INTO persons (id, account, sealed_account) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])`

const requestsSql = `
  INSERT INTO requests (id, number, draft_id, person_id, region, territory, kind, applicant, urgent, help_kinds,
    representative_consent, data_sharing, status, claimed_by_id, claimed_at, assigned_to_id, assigned_at, answers,
    contact, submitted_at, due_at, stage, revision)
  SELECT gen_random_uuid(), 'B-' || lpad(n::text, 8, '0'), gen_random_uuid(), person.id, 'stavropol',
    territory, 'application', 'parent', random() < 0.03, ARRAY['psychological', 'social'], 'not-needed', true, status,
    CASE WHEN status IN ('claimed', 'closed') THEN holder.id END,
    CASE WHEN status IN ('claimed', 'closed') THEN at END,
    CASE WHEN status IN ('claimed', 'closed') OR random() < 0.6 THEN holder.id END, at,
    'v1.bench.' || repeat('a', 700), 'v1.bench.' || repeat('c', 200), at, at + interval '7 days', 'registered', 1
  FROM (
    SELECT n, now() - ($1::int - n) * interval '5 minutes' AS at,
      CASE WHEN n > $1::int * 0.995 THEN 'submitted' WHEN n > $1::int * 0.98 THEN 'claimed'
        WHEN random() < 0.15 THEN 'withdrawn' ELSE 'closed' END AS status,
      CASE WHEN chance < 0.45 THEN 'leninsky' WHEN chance < 0.75 THEN 'oktyabrsky' WHEN chance < 0.92 THEN 'promyshlenny'
        WHEN chance < 0.999 THEN 'shpakovsky' ELSE 'other' END AS territory,
      1 + floor(random() * 40)::int AS holding
    FROM (SELECT n, random() AS chance FROM generate_series(1, $1::int) n) rolled
  ) made
  JOIN (SELECT id, row_number() OVER (ORDER BY account) - 1 AS place FROM persons) person
    ON person.place = made.n % (SELECT count(*) FROM persons)
  JOIN (SELECT id, row_number() OVER (ORDER BY name) AS place FROM staff_members) holder ON holder.place = holding`

const momentsSql = `
  SELECT percentile_disc(ARRAY[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99]) WITHIN GROUP (ORDER BY submitted_at)
    AS moments FROM requests`
