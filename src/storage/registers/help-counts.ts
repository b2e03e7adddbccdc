import { type Reader, readFrom } from '#storage/database.ts'
import { type RegisterScope, withinTerritories } from './register-scope.ts'

export type HelpCount = {
  kind: string
  /** One of `helpColumns`. */
  column: string
  count: number
  /** The families behind it; any, if there are more than were asked for. */
  families: string[]
}

/**
 * Counts help by kind. `times`: days on which staff say that it took place; what they say before its last day counts on the day on which they
 * say so, as in the quarterly report. `activities` and `families`: of how many it took place at all.
 * `planned` and `cancelled` overlap the period, and what has no result ends in it; a result counts on its day. One statement,
 * which adds up by activity and by family before it counts.
 */
export const countHelp = (
  reader: Reader,
  { timeZone, most, ...scope }: RegisterScope & { timeZone: string; most: number },
): Promise<HelpCount[]> => {
  const { from, until } = scope
  return readFrom(reader).$queryRaw<HelpCount[]>`
    WITH marked AS (
      SELECT activity_id, count(*)::int AS times FROM activity_marks
      WHERE author = 'staff' AND happened AND "on" >= ${from}::date
        AND LEAST("on", (at AT TIME ZONE ${timeZone})::date) BETWEEN ${from}::date AND ${until}::date
      GROUP BY activity_id
    ), results AS (
      SELECT DISTINCT ON (activity_id) activity_id, result, "on" BETWEEN ${from}::date AND ${until}::date AS in_period
      FROM help_results ORDER BY activity_id, id DESC
    ), help AS (
      SELECT a.kind, a.family_id, coalesce(m.times, 0) AS times, a.status,
        CASE WHEN r.in_period THEN r.result END AS result,
        a.removed_in IS NULL AND a.last_on >= ${from}::date AND a.first_on <= ${until}::date AS inside,
        a.removed_in IS NULL AND a.status <> 'cancelled' AND r.result IS NULL
          AND a.last_on BETWEEN ${from}::date AND ${until}::date AS unsaid
      FROM activities a JOIN families f ON f.id = a.family_id
      LEFT JOIN marked m ON m.activity_id = a.id LEFT JOIN results r ON r.activity_id = a.id
      WHERE ${withinTerritories(scope)}
    ), by_family AS (
      SELECT kind, family_id, sum(times)::int AS times, count(*) FILTER (WHERE times > 0)::int AS activities,
        count(*) FILTER (WHERE inside AND status = 'planned')::int AS planned,
        count(*) FILTER (WHERE inside AND status = 'cancelled')::int AS cancelled,
        count(*) FILTER (WHERE result = 'received')::int AS received,
        count(*) FILTER (WHERE result = 'no-right')::int AS no_right,
        count(*) FILTER (WHERE result = 'not-possible')::int AS not_possible,
        count(*) FILTER (WHERE unsaid)::int AS unsaid
      FROM help GROUP BY kind, family_id
    )
    SELECT b.kind, v."column", sum(v.n)::int AS count, (array_agg(b.family_id))[1:${most}::int]::text[] AS families
    FROM by_family b CROSS JOIN LATERAL (VALUES
      ('times', times), ('activities', activities), ('families', least(times, 1)), ('planned', planned),
      ('cancelled', cancelled), ('received', received), ('no-right', no_right), ('not-possible', not_possible),
      ('no-result', unsaid)) v ("column", n)
    WHERE v.n > 0 GROUP BY b.kind, v."column"`
}

export type HelpMonth = { kind: string /** ISO: `2026-11`. */; month: string; families: number }

/** How many families had help of a kind in each month of a period; its days are those of `countHelp`. */
export const helpByMonth = (
  reader: Reader,
  { timeZone, ...scope }: RegisterScope & { timeZone: string },
): Promise<HelpMonth[]> =>
  readFrom(reader).$queryRaw<HelpMonth[]>`
    WITH marked AS (
      SELECT activity_id, LEAST("on", (at AT TIME ZONE ${timeZone})::date) AS day FROM activity_marks
      WHERE author = 'staff' AND happened
        AND LEAST("on", (at AT TIME ZONE ${timeZone})::date) BETWEEN ${scope.from}::date AND ${scope.until}::date
    )
    SELECT a.kind, to_char(m.day, 'YYYY-MM') AS month, count(DISTINCT a.family_id)::int AS families
    FROM marked m JOIN activities a ON a.id = m.activity_id JOIN families f ON f.id = a.family_id
    WHERE ${withinTerritories(scope)} GROUP BY 1, 2`
