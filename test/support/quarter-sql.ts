import type { Database } from '#storage/database.ts'

/**
 * Counts the rows of Novgorod's report from the truth in the clear, by other means than the product: one question for each row, over
 * functions of the database.
 */
export const quarterBySql = async (
  { prisma }: Database,
  choice: 'all' | 'main',
  from: string,
  until: string,
): Promise<Record<string, number | null>> => {
  await prisma.$executeRawUnsafe('DROP TABLE IF EXISTS q_episode, q_span, q_need, q_category, q_help')
  const making = [episodes, needs, spansOf(from, until), helpOf(from, until)]
  for (const sql of [...making, 'ANALYZE', categoriesOf(choice), 'ANALYZE q_category'])
    await prisma.$executeRawUnsafe(sql)
  const figures: Record<string, number | null> = {}
  for (const [row, sql] of Object.entries(questions(from, until))) {
    const [found] = await prisma.$queryRawUnsafe<{ n: number }[]>(`SELECT (${sql})::int AS n`)
    figures[row] = found?.n ?? 0
  }
  const [whole = 0, part = 0] = [figures['indicators.1'] ?? 0, figures['indicators.2'] ?? 0]
  figures['indicators.3'] = whole === 0 ? null : Math.round((part / whole) * 1000) / 10
  return figures
}

/** Each acceptance with its first day, its last one, and what the last diagnosis said. */
const episodes = `
CREATE TABLE q_episode AS
SELECT e.family_id, e.closed_on, days.day AS began, (
  SELECT answer FROM case_outcomes o WHERE o.episode_id = e.id AND o.kind = 'better' ORDER BY o.id DESC LIMIT 1
) AS better
FROM episodes e CROSS JOIN LATERAL (
  SELECT day FROM (
    SELECT 1 AS place, ev.day FROM case_events ev
    WHERE ev.episode_id = e.id AND ev.kind = 'contract' AND NOT ev.void
      AND ev.id NOT IN (SELECT corrects_id FROM case_events WHERE corrects_id IS NOT NULL AND episode_id = e.id)
    UNION ALL SELECT 2, e.accepted_on WHERE e.opening_stage IN ('search', 'agreed-plan', 'activities', 'reflection', 'post-support')
    UNION ALL SELECT 3, ev.day FROM case_events ev
    WHERE ev.episode_id = e.id AND ev.kind = 'skipped' AND ev.detail = 'contract'
  ) ways ORDER BY place, day LIMIT 1
) days`

/** The days of the quarter in which a family was supported, from the first to the last of each acceptance. */
const spansOf = (from: string, until: string) => `
CREATE TABLE q_span AS
SELECT family_id, greatest(began, '${from}') AS first_on, least(coalesce(closed_on, 'infinity'), '${until}') AS last_on
FROM q_episode WHERE daterange(began, closed_on, '[]') && daterange('${from}', '${until}', '[]')`

/** What is known of each need now. */
const needs = `
CREATE TABLE q_need AS
SELECT n.*, t.code AS clear, first_value(n.at) OVER w AS first_at, first_value(n.id) OVER w AS first_id
FROM (SELECT *, rank() OVER (PARTITION BY need_id ORDER BY version DESC) AS age FROM case_needs) n
JOIN truth_codes t ON t.id = n.id
WINDOW w AS (PARTITION BY n.need_id ORDER BY n.version)`

const holding = `
SELECT DISTINCT n.family_id, n.kind, n.clear AS code FROM q_need n JOIN q_span s ON s.family_id = n.family_id
WHERE n.age = 1 AND NOT n.withdrawn AND daterange(n.since, n.until, '[]') && daterange(s.first_on, s.last_on, '[]')`

const categoriesOf = (choice: 'all' | 'main') =>
  choice === 'all'
    ? `CREATE TABLE q_category AS ${holding}`
    : `CREATE TABLE q_category AS
SELECT * FROM (${holding}) held WHERE kind = 'circumstance'
UNION ALL SELECT * FROM (
  SELECT DISTINCT ON (day.family_id) day.family_id, 'category', n.clear
  FROM (SELECT family_id, max(last_on) AS day FROM q_span GROUP BY family_id) day
  JOIN q_need n ON n.family_id = day.family_id AND n.age = 1 AND n.kind = 'category' AND NOT n.withdrawn
    AND daterange(n.since, n.until, '[]') @> day.day
  LEFT JOIN main_categories m ON m.need_id = n.need_id AND m.since <= day.day
  ORDER BY day.family_id, m.since DESC NULLS LAST, m.id DESC NULLS LAST, n.since, n.first_at, n.first_id
) main`

const helpOf = (from: string, until: string) => `
CREATE TABLE q_help AS
SELECT DISTINCT a.family_id, a.kind, t.code FROM activities a LEFT JOIN truth_help t ON t.id = a.id
WHERE EXISTS (
  SELECT FROM activity_marks m WHERE m.activity_id = a.id AND m.happened AND m.author = 'staff'
    AND CASE WHEN (m.at AT TIME ZONE 'Europe/Moscow')::date < m.on THEN (m.at AT TIME ZONE 'Europe/Moscow')::date ELSE m.on END
      BETWEEN '${from}' AND '${until}'
) OR a.status = 'done' AND a.last_on BETWEEN '${from}' AND '${until}'
  AND a.last_on NOT IN (SELECT m.on FROM activity_marks m WHERE m.activity_id = a.id AND m.author = 'staff')`

const placed = [
  'disabled-child',
  'early-health-needs',
  'family-in-danger',
  'young-offender',
  'pregnant-giving-up',
  'large-family',
  'mother-newborn',
  'single-parent',
]
const types = [
  'disabled-child',
  'early-health-needs',
  'large-family',
  'mother-newborn',
  'single-parent',
  'family-in-danger',
  'young-offender',
]

const list = (codes: readonly string[]) => codes.map((code) => `'${code}'`).join(', ')
const families = 'SELECT DISTINCT family_id FROM q_span'
const within = (condition: string) =>
  `SELECT c.family_id FROM q_category c WHERE c.kind = 'category' AND ${condition}`
const has = (condition: string, of: string) =>
  `SELECT count(*) FROM (${of}) f WHERE family_id IN (${within(condition)})`
const intends = `c.family_id IN (SELECT family_id FROM q_category WHERE code = 'giving-up-child')`
const other = (condition: string, of: string) =>
  `SELECT count(*) FROM (${of}) f WHERE family_id NOT IN (${within('true')}) OR family_id IN (${within(condition)})`

const questions = (from: string, until: string): Record<string, string> => {
  const here = `q_episode WHERE began <= '${until}' AND coalesce(closed_on, 'infinity') >= '${from}'`
  const supported = `SELECT count(*) FROM ${here}`
  const overcame = `SELECT DISTINCT family_id FROM q_span WHERE family_id IN (
    SELECT o.family_id FROM case_outcomes o WHERE o.kind = 'overcame' AND o.answer AND o.day BETWEEN '${from}' AND '${until}'
      AND o.id IN (SELECT max(id) FROM case_outcomes WHERE kind = 'overcame' GROUP BY episode_id))`
  const typed = (of: string, group: string) => [
    ...types.map((code, place): [string, string] => [
      `indicators.${group}.${place + 1}`,
      has(`c.code = '${code}'${code === 'mother-newborn' ? ` AND ${intends}` : ''}`, of),
    ]),
    [
      `indicators.${group}.8`,
      other(`(c.code NOT IN (${list(types)}) OR c.code = 'mother-newborn' AND NOT ${intends})`, of),
    ] as [string, string],
  ]
  const helped = (condition: string) =>
    `SELECT count(DISTINCT family_id) FROM q_help h WHERE ${condition} AND family_id IN (${families})`
  return {
    'form.1.1': `${supported} AND began < '${from}'`,
    'form.1.2': `${supported} AND began >= '${from}'`,
    ...Object.fromEntries(['1.3', '1.4', '1.5', '1.6'].map((row) => [`form.${row}`, supported])),
    ...Object.fromEntries(
      placed.map((code, place) => [`form.1.4.${place + 1}`, has(`c.code = '${code}'`, families)]),
    ),
    'form.1.4.9': other(`c.code NOT IN (${list(placed)})`, families),
    ...Object.fromEntries(
      ['medical', 'legal', 'pedagogical', 'psychological', 'social'].map((kind, place) => [
        `form.1.5.${place + 1}`,
        helped(`h.kind = '${kind}'`),
      ]),
    ),
    ...Object.fromEntries(
      ['adult-employment', 'minor-employment', 'minor-education', 'alcohol-help'].map((code, place) => [
        `form.1.6.${place + 1}`,
        helped(`h.code = '${code}'`),
      ]),
    ),
    'form.1.7': `${supported} AND closed_on <= '${until}'`,
    'form.1.7.1': `${supported} AND closed_on <= '${until}' AND better`,
    'form.1.8': `${supported} AND (closed_on IS NULL OR closed_on > '${until}')`,
    'indicators.1': `SELECT count(*) FROM (${families}) f`,
    ...Object.fromEntries(typed(families, '1')),
    'indicators.2': `SELECT count(*) FROM (${overcame}) f`,
    ...Object.fromEntries(typed(overcame, '2')),
  }
}
