import type { Reader } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

// Figures of the supervisors' board, each in one statement over all families of the territories. Days are ISO dates.

export type StageFigures = { stage: string; families: number; near: number; overdue: number }

/** Active families by stage, with their open terms that are near or past. */
export const stageFigures = (
  reader: Reader,
  { territories, today }: { territories: readonly string[]; today: string },
): Promise<StageFigures[]> => directFrom(reader)<StageFigures>`
  WITH due AS (
    SELECT f.stage, (count(*) FILTER (WHERE t.due_on >= ${today}::date))::int AS near,
      (count(*) FILTER (WHERE t.due_on < ${today}::date))::int AS overdue
    FROM case_terms t JOIN families f ON f.id = t.family_id
    WHERE t.replaced_at IS NULL AND t.state = 'open' AND t.near_on <= ${today}::date
      AND f.status = 'active' AND f.territory = ANY (${[...territories]}::text[])
    GROUP BY f.stage
  )
  SELECT f.stage, f.families, COALESCE(due.near, 0) AS near, COALESCE(due.overdue, 0) AS overdue
  FROM (
    SELECT stage, count(*)::int AS families FROM families
    WHERE status = 'active' AND territory = ANY (${[...territories]}::text[]) GROUP BY stage
  ) f LEFT JOIN due ON due.stage = f.stage`

export type MonthOfTerms = {
  /** First day. */
  month: string
  inTime: number
  late: number
  /** Past and not met. */
  missing: number
}

/** What became of terms that ended from a day on and before today, by month. Those that fell away or were explained do not count. */
export const termsByMonth = (
  reader: Reader,
  { territories, from, today }: { territories: readonly string[]; from: string; today: string },
): Promise<MonthOfTerms[]> => directFrom(reader)<MonthOfTerms>`
  SELECT date_trunc('month', t.due_on)::date::text AS month,
    (count(*) FILTER (WHERE t.state = 'met' AND t.met_on <= t.due_on))::int AS "inTime",
    (count(*) FILTER (WHERE t.state = 'met' AND t.met_on > t.due_on))::int AS late,
    (count(*) FILTER (WHERE t.state = 'open'))::int AS missing
  FROM case_terms t JOIN families f ON f.id = t.family_id
  WHERE t.replaced_at IS NULL AND t.state IN ('met', 'open') AND t.due_on >= ${from}::date AND t.due_on < ${today}::date
    AND f.territory = ANY (${[...territories]}::text[])
  GROUP BY 1 ORDER BY 1`

export type MonthOfAnswers = {
  month: string
  came: number
  taken: number
  /** Minutes until somebody took it: of half of them, and of nine in ten. */
  half: number | null
  most: number | null
}

/** How soon requests were taken that came since a moment, by month of the region's zone. Withdrawn ones do not count. */
export const answersByMonth = (
  reader: Reader,
  { territories, since, timeZone }: { territories: readonly string[]; since: Date; timeZone: string },
): Promise<MonthOfAnswers[]> => directFrom(reader)<MonthOfAnswers>`
  SELECT date_trunc('month', submitted_at AT TIME ZONE ${timeZone})::date::text AS month, count(*)::int AS came,
    count(claimed_at)::int AS taken,
    (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM claimed_at - submitted_at)) / 60)::int AS half,
    (percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM claimed_at - submitted_at)) / 60)::int AS most
  FROM requests
  WHERE submitted_at >= ${since} AND status <> 'withdrawn' AND territory = ANY (${[...territories]}::text[])
  GROUP BY 1 ORDER BY 1`
