import { Client } from 'pg'
import { newId } from '#core/ids.ts'
import { createLog } from '#core/log.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { countEnded } from '#storage/surveys/survey-funnel.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import { type Answer, type Answers, type Survey, surveySchema } from '#surveys/schema.ts'

/** Two years of a region: invitations that yielded a million answers, from families of these territories. */
export const months = { from: '2025-01', until: '2026-12' } as const
export const territories = [
  'leninsky',
  'oktyabrsky',
  'promyshlenny',
  'shpakovsky',
  'ipatovo',
  'other',
] as const
export const timeZone = 'Europe/Moscow'
const families = 40_000
const curators = 60
const sent = 143_000
const invitations = 360_000
/** Fraction of those who began. */
const stopped = 12_000

const words = (text: string) => ({ ru: { adult: text } })
const scale = [1, 2, 3, 4, 5].map((step) => words(`Ответ ${step}`))
const options = ['one', 'two', 'three', 'four'].map((code) => ({ code, words: words(code) }))

/** Seven questions covering every counted kind. */
export const survey: Survey = surveySchema.parse({
  code: 'bench',
  version: 1,
  when: { on: 'hand' },
  audience: 'everyone',
  title: words('Опрос'),
  questions: [
    ...[1, 2, 3].map((place) => ({
      code: `scale${place}`,
      since: 1,
      kind: 'scale',
      words: words('?'),
      scale,
    })),
    { code: 'yes', since: 1, kind: 'yes-no', words: words('?') },
    { code: 'ten', since: 1, kind: 'ten', words: words('?'), ends: [words('0'), words('10')] },
    { code: 'pick', since: 1, kind: 'one', words: words('?'), options },
    { code: 'many', since: 1, kind: 'many', words: words('?'), options },
  ],
})

/**
 * Fills a migrated database; the tallies are written in bulk, as `tallyAnswers` would have written them one by one.
 */
export const fillWithAnswers = async (
  url: string,
  now: Date,
  scale = 1,
): Promise<{ answers: number; tallies: number }> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url }, log)
  await migrate(database, log)
  await database.transaction((tx) => insertSurvey(tx, { survey, publishedAt: now }))
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    // Foreign keys are not what is measured, and would be checked millions of times.
    await client.query('SET session_replication_role = replica')
    await client.query('SET synchronous_commit = off')
    await client.query(`SET work_mem = '256MB'`)
    await client.query(staffSql, [curators])
    await client.query(familiesSql, [families, [...territories]])
    await client.query(invitationsSql, [
      ...[invitations, sent, stopped].map((count) => Math.round(count * scale)),
      families,
      `${months.from}-01`,
    ])
    await client.query(responsesSql, [Math.round((sent + stopped) * scale)])
    await client.query(answersSql)
    await client.query(talliesSql)
    await client.query(timesSql)
    await client.query(everywhereSql)
    await client.query('ANALYZE')
    while ((await database.transaction((tx) => countEnded(tx, timeZone))) > 0);
    await client.query('VACUUM ANALYZE')
    const { rows } = await client.query<{ answers: number; tallies: number }>(
      'SELECT (SELECT count(*)::int FROM survey_answers) AS answers, (SELECT count(*)::int FROM survey_tallies) AS tallies',
    )
    return rows[0] ?? { answers: 0, tallies: 0 }
  } finally {
    await client.end()
    await database.close()
  }
}

const staffSql = `
  INSERT INTO staff_members (id, name, role, territories)
  SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Curator ' || n, 'curator', '{}'
  FROM generate_series(1, $1::int) n`

/** A new answer set, from a new family. */
export const newAnswers = (turn: number, now: Date): { invitation: Invitation; answers: Answers } => {
  const nothing: Answer = { number: null, codes: [], text: null }
  const number = (value: number): Answer => ({ ...nothing, number: value })
  const invitation: Invitation = {
    id: newId(),
    key: '',
    surveyCode: survey.code,
    version: 1,
    familyId: newId(),
    memberId: newId(),
    personId: newId(),
    curatorId: someCurator,
    visitId: null,
    territory: territories[turn % territories.length] ?? 'other',
    level: 'basic',
    helpKinds: ['psychological', 'social'],
    minor: false,
    createdAt: now,
    dueAt: now,
    expiresAt: now,
    status: 'finished',
    invitedAt: now,
    later: 0,
    remindedAt: null,
    openedAt: now,
    endedAt: now,
  }
  const answers = new Map<string, Answer>([
    ...['scale1', 'scale2', 'scale3'].map((code) => [code, number(1 + (turn % 5))] as const),
    ['yes', number(turn % 2)],
    ['ten', number(turn % 11)],
    ['pick', { ...nothing, codes: ['one'] }],
    ['many', { ...nothing, codes: ['two', 'three'] }],
  ])
  return { invitation, answers }
}

/** A random curator. */
export const someCurator = '00000000-0000-7000-8000-000000000007'

/** A curator serves one territory, and one family in twenty elsewhere. */
const familiesSql = `
  CREATE TEMP TABLE bench_families AS
  SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS member_id, gen_random_uuid() AS person_id,
    ($2::text[])[1 + place] AS territory,
    (ARRAY['adaptation', 'basic', 'basic', 'basic', 'crisis', 'emergency', NULL])[1 + n % 7] AS level,
    ('00000000-0000-7000-8000-' || lpad((1 + CASE WHEN n % 20 = 0 THEN n * 7 % ${curators} ELSE place * 10 + n % 10 END)::text, 12, '0'))::uuid AS curator_id,
    string_to_array((ARRAY['social', 'psychological,social', 'legal,pedagogical', 'medical,social'])[1 + n % 4], ',') AS kinds,
    n % 5 = 0 AS minor
  FROM (
    SELECT n, floor(power(random(), 2) * cardinality($2::text[]))::int AS place FROM generate_series(1, $1::int) n
  ) AS numbered`

const invitationsSql = `
  INSERT INTO survey_invitations (id, key, survey_code, version, family_id, member_id, person_id, curator_id, territory, level,
    help_kinds, minor, created_at, due_at, expires_at, status, invited_at, opened_at, ended_at)
  SELECT gen_random_uuid(), 'bench.' || i.n, 'bench', 1, f.id, f.member_id, f.person_id, f.curator_id, f.territory, f.level,
    f.kinds, f.minor, at, at, at + interval '3 days',
    CASE WHEN i.n <= $2 THEN 'finished' WHEN i.n % 200 = 0 THEN 'invited' ELSE 'expired' END, at,
    CASE WHEN i.n <= $2 + $3 OR i.n % 3 = 0 THEN at + interval '1 hour' END, CASE WHEN i.n <= $2 OR i.n % 200 > 0 THEN at + interval '3 days' END
  FROM generate_series(1, $1::int) AS i (n)
  JOIN bench_families f ON f.n = 1 + i.n % $4
  CROSS JOIN LATERAL (SELECT $5::timestamptz + (i.n::bigint * 7919 % 729) * interval '1 day' + (i.n % 600) * interval '1 minute' AS at) t`

const responsesSql = `
  INSERT INTO survey_responses (invitation_id, started_at, finished_at)
  SELECT id, opened_at, CASE WHEN status = 'finished' THEN opened_at + (20 + random() * 100) * interval '1 second' END
  FROM survey_invitations
  WHERE opened_at IS NOT NULL AND (status = 'finished' OR split_part(key, '.', 2)::int <= $1::int)`

const answersSql = `
  INSERT INTO survey_answers (invitation_id, question, since, number, codes, "at")
  SELECT r.invitation_id, q.code, 1,
    CASE WHEN random() < 0.05 OR q.kind IN ('one', 'many') THEN NULL
      WHEN q.kind = 'yes' THEN (random() < 0.8)::int
      WHEN q.kind = 'ten' THEN floor(power(random(), 0.4) * 11)::int
      ELSE 1 + floor(power(random(), 0.4) * 5)::int END,
    CASE q.kind WHEN 'one' THEN ARRAY[(ARRAY['one', 'two', 'three', 'four'])[1 + floor(random() * 4)::int]]
      WHEN 'many' THEN (ARRAY['one', 'two', 'three', 'four'])[1 : 1 + floor(random() * 4)::int] ELSE '{}' END,
    r.started_at + q.place * interval '7 seconds'
  FROM survey_responses r
  CROSS JOIN (VALUES (1, 'scale1', 'scale'), (2, 'scale2', 'scale'), (3, 'scale3', 'scale'), (4, 'yes', 'yes'), (5, 'ten', 'ten'),
    (6, 'pick', 'one'), (7, 'many', 'many')) q (place, code, kind)
  WHERE r.finished_at IS NOT NULL OR q.place <= 1 + abs(hashtext(r.invitation_id::text)) % 6`

/**
 * Tallies per territory. Families are taken from the first 60 answers: a family answers at most four times in two
 * years, so those include at least five families.
 */
const talliesSql = `
  WITH counted AS (
    SELECT invitation_id, question, since, CASE WHEN number IS NOT NULL THEN ARRAY[number::int]
      WHEN cardinality(codes) > 0 THEN ARRAY(
        SELECT array_position(ARRAY['one', 'two', 'three', 'four'], code) - 1 FROM unnest(codes) AS code)
      END AS said
    FROM survey_answers
    UNION ALL SELECT invitation_id, '*', 0, ARRAY[]::int[] FROM survey_responses
  ), sliced AS (
    SELECT s.slice, c.question, c.since, c.said, date_trunc('month', r.finished_at)::date AS month, i.territory, i.minor,
      hashtextextended(concat_ws('|', salt, i.family_id, 'bench', split_part(s.slice, ':', 1), c.question, c.since), 0) AS family
    FROM counted c JOIN survey_responses r USING (invitation_id) JOIN survey_invitations i ON i.id = c.invitation_id
    CROSS JOIN survey_salt
    CROSS JOIN LATERAL (
      SELECT 'all' AS slice
      UNION ALL SELECT 'level:' || coalesce(i.level, 'none')
      UNION ALL SELECT 'curator:' || coalesce(i.curator_id::text, 'none')
      UNION ALL SELECT 'kind:' || kind FROM unnest(i.help_kinds) AS kind
      UNION ALL SELECT 'not:' || kind FROM unnest(ARRAY['medical', 'psychological', 'pedagogical', 'legal', 'social']) AS kind
      WHERE c.question = '*' AND kind <> ALL (i.help_kinds)
    ) s
    WHERE r.finished_at IS NOT NULL
  )
  INSERT INTO survey_tallies (survey_code, territory, slice, month, minor, question, since, counts, families)
  SELECT 'bench', territory, slice, month, minor, question, since,
    ARRAY[count(*) FILTER (WHERE said IS NULL), count(said), ${Array.from({ length: 11 }, (_, value) => `count(*) FILTER (WHERE ${value} = ANY (said))`).join(', ')}],
    coalesce((SELECT (array_agg(DISTINCT f))[1:5] FROM unnest((array_agg(family) FILTER (WHERE said IS NOT NULL))[1:60]) f), '{}')
  FROM sliced GROUP BY 2, 3, 4, 5, 6, 7`

const timesSql = `
  INSERT INTO survey_tallies (survey_code, territory, slice, month, minor, question, since, counts, families)
  SELECT 'bench', territory, 'all', month, minor, '*time', 0,
    ARRAY[0, sum(count)] || array_agg(count ORDER BY step), '{1,2,3,4,5}'
  FROM (
    SELECT i.territory, date_trunc('month', r.finished_at)::date AS month, i.minor, step,
      count(*) FILTER (WHERE step = floor(extract(epoch FROM finished_at - started_at) / 10))::int AS count
    FROM survey_responses r JOIN survey_invitations i ON i.id = r.invitation_id CROSS JOIN generate_series(0, 13) AS step
    WHERE r.finished_at IS NOT NULL GROUP BY 1, 2, 3, 4
  ) t GROUP BY territory, month, minor`

const everywhereSql = `
  INSERT INTO survey_tallies (survey_code, territory, slice, month, minor, question, since, counts, families)
  SELECT survey_code, '*', slice, month, minor, question, since,
    ARRAY[${Array.from({ length: 16 }, (_, place) => `coalesce(sum(counts[${place + 1}]), 0)`).join(', ')}],
    coalesce((SELECT (array_agg(DISTINCT family))[1:5]
      FROM unnest(string_to_array(string_agg(nullif(array_to_string(families, ','), ''), ','), ',')::bigint[]) family), '{}')
  FROM survey_tallies GROUP BY 1, 3, 4, 5, 6, 7`
