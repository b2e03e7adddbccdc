import type { ActivityStatus } from './activities.ts'
import { type Reader, readFrom } from '#storage/database.ts'

export type CountedActivities = {
  territory: string
  /** Kind of help. */
  kind: string
  status: ActivityStatus
  count: number
  /** How many of them a family says did not take place on some day of the period. */
  denied: number
  /** The families behind each of the two; of more than five any five. */
  families: string[]
  deniedBy: string[]
}

export type Counting = {
  /** ISO dates, inclusive. */
  from: string
  until: string
  territories: readonly string[] | 'all'
}

/**
 * Counts the activities of current plans that overlap a period, by territory, kind of help and status. One statement,
 * which uses the index on the last day.
 */
export const countActivities = async (
  reader: Reader,
  { from, until, territories }: Counting,
): Promise<CountedActivities[]> =>
  readFrom(reader).$queryRaw<CountedActivities[]>`
    SELECT f.territory, a.kind, a.status, count(*)::int AS count, count(d.activity_id)::int AS denied,
      (array_agg(DISTINCT a.family_id))[1:5]::text[] AS families,
      coalesce((array_agg(DISTINCT a.family_id) FILTER (WHERE d.activity_id IS NOT NULL))[1:5]::text[], '{}') AS "deniedBy"
    FROM activities a
    JOIN families f ON f.id = a.family_id
    LEFT JOIN (
      SELECT DISTINCT activity_id FROM activity_marks
      WHERE author <> 'staff' AND NOT happened AND "on" BETWEEN ${from}::date AND ${until}::date
    ) d ON d.activity_id = a.id
    WHERE a.last_on >= ${from}::date AND a.first_on <= ${until}::date AND a.removed_in IS NULL
      AND (${territories === 'all'} OR f.territory = ANY (${territories === 'all' ? [] : [...territories]}::text[]))
    GROUP BY f.territory, a.kind, a.status
    ORDER BY f.territory, a.kind, a.status`
