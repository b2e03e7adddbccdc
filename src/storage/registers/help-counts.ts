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
 * Counts help by kind. `times`: days on which staff say that it took place. `activities` and `families`: of how many it took place at all.
 * `planned` and `cancelled` overlap the period; a result counts on its day. One statement.
 */
export const countHelp = (reader: Reader, scope: RegisterScope, most: number): Promise<HelpCount[]> => {
  const { from, until } = scope
  return readFrom(reader).$queryRaw<HelpCount[]>`
    WITH help AS (
      SELECT a.* FROM activities a JOIN families f ON f.id = a.family_id WHERE ${withinTerritories(scope)}
    ), given AS (
      SELECT a.id, a.kind, a.family_id FROM activity_marks m JOIN help a ON a.id = m.activity_id
      WHERE m.author = 'staff' AND m.happened AND m."on" BETWEEN ${from}::date AND ${until}::date
    ), results AS (
      SELECT DISTINCT ON (r.activity_id) r.activity_id, r.result, r."on" FROM help_results r
      WHERE r.activity_id IN (SELECT id FROM help) ORDER BY r.activity_id, r.id DESC
    ), counted ("column", kind, family_id) AS (
      SELECT 'times', kind, family_id FROM given
      UNION ALL SELECT DISTINCT 'families', kind, family_id FROM given
      UNION ALL SELECT 'activities', kind, family_id FROM (SELECT DISTINCT id, kind, family_id FROM given) once
      UNION ALL SELECT status, kind, family_id FROM help
        WHERE status IN ('planned', 'cancelled') AND removed_in IS NULL
          AND last_on >= ${from}::date AND first_on <= ${until}::date
      UNION ALL SELECT r.result, a.kind, a.family_id FROM results r JOIN help a ON a.id = r.activity_id
        WHERE r.result IS NOT NULL AND r."on" BETWEEN ${from}::date AND ${until}::date
      UNION ALL SELECT 'no-result', a.kind, a.family_id FROM help a LEFT JOIN results r ON r.activity_id = a.id
        WHERE a.status <> 'cancelled' AND a.removed_in IS NULL AND r.result IS NULL
          AND a.last_on BETWEEN ${from}::date AND ${until}::date
    )
    SELECT kind, "column", count(*)::int AS count, (array_agg(DISTINCT family_id::text))[1:${most}::int] AS families
    FROM counted GROUP BY kind, "column"`
}
