import { peopleOf } from './accounts.ts'
import { openToFill } from './open-to-fill.ts'

/**
 * Beside open cases (`fillWithCases`): visits of the last five weeks and of the week ahead, of which one family in fifty had none, and half
 * a year of requests, of which the newest wait.
 */
export const fillWithWork = async (
  url: string,
  { requests, now }: { requests: number; now: Date },
): Promise<void> => {
  const client = await openToFill(url)
  try {
    await client.query(visitsSql, [now])
    // A person has one open request at most.
    const people = Array.from({ length: most.open }, (_, n) => `bench:asking-${n}`)
    await client.query(peopleSql, peopleOf(people))
    await client.query(requestsSql, [requests, now, most.waiting, most.open])
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

const most = { waiting: 500, open: 2000 }

const peopleSql = `
  INSERT INTO persons (id, account, sealed_account) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])`

const visitsSql = `
  INSERT INTO visits (id, family_id, staff_id, starts_at, ends_at, purpose, audience, member_ids, content, door_code, status, created_at, changed_at)
  SELECT gen_random_uuid(), f.id, f.curator_id, at, at + interval '1 hour', 'observation', 'family', '{}',
    'v1.bench.' || repeat('a', 200), 'v1.bench.' || repeat('d', 40), CASE WHEN week > 0 THEN 'done' ELSE 'planned' END, $1, $1
  FROM families f CROSS JOIN generate_series(0, 5) week
  CROSS JOIN LATERAL (
    SELECT $1::timestamptz - week * interval '7 days' + (f.number % 5) * interval '1 day' + (f.number % 8) * interval '1 hour' AS at
  ) t WHERE week = 0 OR f.number % 50 <> 0`

const requestsSql = `
  INSERT INTO requests (id, number, draft_id, person_id, region, territory, kind, applicant, urgent, help_kinds,
    representative_consent, data_sharing, status, claimed_by_id, claimed_at, assigned_to_id, assigned_at, answers,
    contact, submitted_at, due_at, stage, revision)
  SELECT gen_random_uuid(), 'B-' || lpad(n::text, 8, '0'), gen_random_uuid(), person.id, 'stavropol', 'leninsky', 'application', 'parent',
    n % 33 = 0, ARRAY['psychological'], 'not-needed', true, CASE WHEN n <= $3::int THEN 'submitted' WHEN n <= $4::int THEN 'claimed' ELSE 'closed' END,
    CASE WHEN n > $3::int THEN holder.id END, CASE WHEN n > $3::int THEN at + (n % 40) * interval '1 hour' END, holder.id, at,
    'v1.bench.' || repeat('a', 700), 'v1.bench.' || repeat('c', 200), at, at + interval '7 days', 'registered', 1
  FROM generate_series(1, $1::int) n
  CROSS JOIN LATERAL (SELECT $2::timestamptz - n * interval '180 days' / $1::int AS at) t
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM persons) person ON person.place = 1 + n % $4::int
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM staff_members) holder ON holder.place = 1 + n % 40`
