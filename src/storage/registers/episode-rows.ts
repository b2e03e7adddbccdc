import { type Reader, readFrom } from '#storage/database.ts'
import { type RegisterScope, withinTerritories } from './register-scope.ts'

export type EpisodeRow = {
  familyId: string
  /** Number of the family. */
  number: number
  territory: string
  curatorId: string | null
  /** As it is now; what it was on a day is in `events`. */
  level: string | null
  /** ISO days. */
  acceptedOn: string
  closedOn: string | null
  closing: string | null
  contactAfter: boolean
  /** Those of the kinds asked for that hold, in the order of their days; of one day, as they were recorded. */
  events: { kind: string; day: string; detail: string | null }[]
}

/**
 * The acceptances that fall into a period, in their order. A family whose record has not been made yet counts from its creation.
 * One statement.
 */
export const episodesWithin = (
  reader: Reader,
  {
    timeZone,
    limit,
    kinds,
    ...scope
  }: RegisterScope & {
    timeZone: string
    limit: number
    /** Of the events. */
    kinds: readonly string[]
  },
): Promise<EpisodeRow[]> =>
  readFrom(reader).$queryRaw<EpisodeRow[]>`
    WITH accepted AS (
      SELECT f.id AS family_id, f.number, f.territory, f.curator_id, f.level, e.id, e.number AS episode,
        coalesce(e.accepted_on, (f.created_at AT TIME ZONE ${timeZone})::date) AS accepted_on,
        CASE WHEN e.id IS NULL THEN (f.closed_at AT TIME ZONE ${timeZone})::date ELSE e.closed_on END AS closed_on,
        e.closing, coalesce(e.contact_after, false) AS contact_after
      FROM families f LEFT JOIN episodes e ON e.family_id = f.id
      WHERE ${withinTerritories(scope)}
    ), held AS (
      SELECT c.episode_id, jsonb_agg(jsonb_build_object('kind', c.kind, 'day', c.day, 'detail', c.detail)
        ORDER BY c.day, c.id) AS events
      FROM case_events c
      WHERE NOT c.void AND c.kind = ANY (${[...kinds]}::text[]) AND c.episode_id IN (SELECT id FROM accepted)
        AND NOT EXISTS (SELECT FROM case_events later WHERE later.corrects_id = c.id)
      GROUP BY c.episode_id
    )
    SELECT a.family_id AS "familyId", a.number, a.territory, a.curator_id AS "curatorId", a.level,
      a.accepted_on::text AS "acceptedOn", a.closed_on::text AS "closedOn", a.closing,
      a.contact_after AS "contactAfter", coalesce(h.events, '[]') AS events
    FROM accepted a LEFT JOIN held h ON h.episode_id = a.id
    WHERE a.accepted_on <= ${scope.until}::date AND (a.closed_on IS NULL OR a.closed_on >= ${scope.from}::date)
    ORDER BY a.accepted_on, a.number, a.episode LIMIT ${limit}`
