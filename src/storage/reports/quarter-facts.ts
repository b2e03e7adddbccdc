import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'

export type FactsQuery = {
  region: string
  timeZone: string
  /** ISO dates in the region's zone, inclusive. */
  from: string
  until: string
  /** With this event an episode counts as accepted. */
  event: string
  /** The stage that ends with it, and those after it: an episode whose record begins there was accepted before. */
  stage: string
  later: readonly string[]
  territories: readonly string[] | 'all'
}

/**
 * A family with support in a period. The lists are JSON of tuples, oldest first, because a row of each would cost ten times as
 * much to read.
 */
export type StoredFacts = {
  id: string
  number: number
  territory: string
  /** `[accepted, closed, better]` */
  episodes: string
  /** `[id, needId, kind, sealed code, since, until]`: the last versions of those that hold on a day of the period. */
  needs: string | null
  /** `[needId, since]` */
  mains: string | null
  /** Kinds of help that took place in the period. */
  kinds: string[] | null
  /** `[code of the activity, sealed catalogue, version that removed it]`, without those that are of no catalogue. */
  named: string | null
  overcame: boolean
}

/** What the rows of a report are counted from, in no order. One statement: all of it is of one moment. */
export const quarterFacts = (reader: Reader, query: FactsQuery): Promise<StoredFacts[]> => {
  const { from, until } = query
  return readFrom(reader).$queryRaw<StoredFacts[]>`
    WITH ${accepted(query)},
    better AS (
      SELECT DISTINCT ON (episode_id) episode_id, answer FROM case_outcomes WHERE kind = 'better'
      ORDER BY episode_id, id DESC
    ), supported AS MATERIALIZED (
      SELECT accepted.family_id, json_agg(
        json_build_array(accepted.day, accepted.closed_on, coalesce(better.answer, false)) ORDER BY accepted.day
      )::text AS episodes
      FROM accepted LEFT JOIN better ON better.episode_id = accepted.id
      WHERE accepted.day <= ${until}::date GROUP BY accepted.family_id
    ), needs AS (
      SELECT need.family_id, json_agg(
        json_build_array(need.id, need.need_id, need.kind, need.code, need.since, need.until)
        ORDER BY first.at, first.id
      )::text AS needs
      FROM case_needs need JOIN case_needs first ON first.id = need.need_id
      WHERE NOT need.withdrawn AND need.since <= ${until}::date AND (need.until IS NULL OR need.until >= ${from}::date)
        AND NOT EXISTS (
          SELECT FROM case_needs newer WHERE newer.need_id = need.need_id AND newer.version = need.version + 1
        )
      GROUP BY need.family_id
    ), mains AS (
      SELECT family_id, json_agg(json_build_array(need_id, since) ORDER BY id)::text AS mains
      FROM main_categories GROUP BY family_id
    ), done AS (
      ${happened(query)}
    ), help AS (
      SELECT a.family_id, array_agg(DISTINCT a.kind) AS kinds,
        json_agg(json_build_array(a.code, a.catalogue, a.removed_in))
          FILTER (WHERE a.catalogue IS DISTINCT FROM '')::text AS named
      FROM done JOIN activities a ON a.id = done.activity_id GROUP BY a.family_id
    ), overcame AS (
      SELECT family_id FROM (
        SELECT DISTINCT ON (episode_id) family_id, answer, day FROM case_outcomes WHERE kind = 'overcame'
        ORDER BY episode_id, id DESC
      ) last WHERE answer AND day BETWEEN ${from}::date AND ${until}::date GROUP BY family_id
    )
    SELECT f.id, f.number, f.territory, supported.episodes, needs.needs, mains.mains, help.kinds, help.named,
      overcame.family_id IS NOT NULL AS overcame
    FROM supported JOIN families f ON f.id = supported.family_id
    LEFT JOIN needs ON needs.family_id = f.id
    LEFT JOIN mains ON mains.family_id = f.id
    LEFT JOIN help ON help.family_id = f.id
    LEFT JOIN overcame ON overcame.family_id = f.id`
}

/** Episodes that were not closed before the period, with the day on which they count as accepted. */
const accepted = ({ region, territories, from, event, stage, later }: FactsQuery): Prisma.Sql => Prisma.sql`
  present AS MATERIALIZED (
    SELECT e.id, e.family_id, e.accepted_on, e.opening_stage, e.closed_on
    FROM episodes e JOIN families f ON f.id = e.family_id
    WHERE f.region = ${region} AND (e.closed_on IS NULL OR e.closed_on >= ${from}::date)
      ${territories === 'all' ? Prisma.empty : Prisma.sql`AND f.territory = ANY (${[...territories]}::text[])`}
  ), acceptance AS (
    SELECT ev.episode_id, min(ev.day) FILTER (WHERE ev.kind = ${event}) AS on_day, min(ev.day) AS left_out_on
    FROM case_events ev JOIN present ON present.id = ev.episode_id
    WHERE (ev.kind = ${event} OR ev.kind = 'skipped' AND ev.detail = ${stage}) AND NOT ev.void
      AND NOT EXISTS (SELECT FROM case_events newer WHERE newer.corrects_id = ev.id)
    GROUP BY ev.episode_id
  ), accepted AS MATERIALIZED (
    SELECT * FROM (
      SELECT p.id, p.family_id, p.closed_on, coalesce(
        a.on_day, CASE WHEN p.opening_stage = ANY (${[...later]}::text[]) THEN p.accepted_on END, a.left_out_on
      ) AS day
      FROM present p LEFT JOIN acceptance a ON a.episode_id = p.id
    ) known WHERE day IS NOT NULL
  )`

/**
 * Activities that took place on a day of the period. One that staff report before its last day is stored under that day, and
 * counts on the day of the report; one that is done without a report counts on its last day.
 */
const happened = ({ timeZone, from, until }: FactsQuery): Prisma.Sql => Prisma.sql`
  SELECT activity_id FROM activity_marks
  WHERE author = 'staff' AND happened AND "on" >= ${from}::date
    AND LEAST("on", (at AT TIME ZONE ${timeZone})::date) BETWEEN ${from}::date AND ${until}::date
  UNION
  SELECT a.id FROM activities a
  WHERE a.status = 'done' AND a.last_on BETWEEN ${from}::date AND ${until}::date AND NOT EXISTS (
    SELECT FROM activity_marks m WHERE m.activity_id = a.id AND m.author = 'staff' AND m."on" = a.last_on
  )`

export type MonthFlow = { month: string; accepted: number; closed: number; atEnd: number }

/** Episodes by month, each given by its first and last day. */
export const monthFlows = (
  reader: Reader,
  query: FactsQuery,
  months: readonly { code: string; from: string; until: string }[],
): Promise<MonthFlow[]> => readFrom(reader).$queryRaw<MonthFlow[]>`
  WITH ${accepted(query)}
  SELECT month.code AS month,
    (count(*) FILTER (WHERE a.day BETWEEN month."from" AND month.until AND (a.closed_on IS NULL OR a.closed_on >= month."from")))::int AS accepted,
    (count(*) FILTER (WHERE a.day <= month.until AND a.closed_on BETWEEN month."from" AND month.until))::int AS closed,
    (count(*) FILTER (WHERE a.day <= month.until AND (a.closed_on IS NULL OR a.closed_on > month.until)))::int AS "atEnd"
  FROM jsonb_to_recordset(${JSON.stringify(months)}::jsonb) AS month(code text, "from" date, until date)
  LEFT JOIN accepted a ON true
  GROUP BY month.code ORDER BY month.code`
