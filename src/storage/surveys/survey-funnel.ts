import type { Rows } from '#storage/anything-due.ts'
import { Prisma } from '#generated/client.ts'
import { helpKinds } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Reading } from './survey-reader.ts'

/** Invitations of one slice, sent in a range of months (first days, ISO, inclusive). */
export type FunnelFilter = {
  surveyCode: string
  from: string
  until: string
  territory?: string | undefined
  /** As in `survey_tallies`. */
  slice: string
  timeZone: string
}

export type FunnelRow = {
  /** The last question answered before abandoning the survey; empty: not abandoned. */
  stopped: string
  invited: number
  opened: number
  started: number
  finished: number
}

/** SQL for the slices of an invitation `i`. */
const slicesOfInvitation = Prisma.raw(`
  SELECT 'all' AS slice
  UNION ALL SELECT 'level:' || coalesce(i.level, 'none')
  UNION ALL SELECT 'curator:' || coalesce(i.curator_id::text, 'none')
  UNION ALL SELECT 'kind:' || kind FROM unnest(i.help_kinds) AS kind
  WHERE kind IN (${helpKinds.map((kind) => `'${kind}'`).join(', ')})`)

/** Counts how far invitations got, by the question where they stopped. Includes ended and open invitations. */
export const countFunnel = async (
  { tx, reader }: Reading,
  { surveyCode, from, until, territory, slice, timeZone }: FunnelFilter,
): Promise<FunnelRow[]> => {
  const adults = reader === 'results' ? '_adults' : ''
  const where = Prisma.sql`survey_code = ${surveyCode}
    AND (${territory ?? null}::text IS NULL OR territory = ${territory ?? null})`
  return tx.$queryRaw<FunnelRow[]>`
    SELECT stopped, sum(invited)::int AS invited, sum(opened)::int AS opened, sum(started)::int AS started,
      sum(finished)::int AS finished
    FROM (
      SELECT stopped, invited, opened, started, finished FROM ${Prisma.raw(`survey_funnel${adults}`)}
      WHERE ${where} AND slice = ${slice} AND month BETWEEN ${from}::date AND ${until}::date
      UNION ALL
      SELECT coalesce(i.stopped, ''), 1, i.opened::int, i.started::int, i.finished::int
      FROM ${Prisma.raw(`survey_funnel_open${adults}`)} i
      WHERE ${where} AND ${slice} IN (${slicesOfInvitation})
        AND date_trunc('month', i.invited_at AT TIME ZONE ${timeZone}) BETWEEN ${from}::date AND ${until}::date
    ) AS every
    GROUP BY stopped`
}

/** Ended invitations that are not in the funnel sums. */
export const uncounted = (): Rows => Prisma.sql`
  SELECT id FROM survey_invitations WHERE NOT counted AND ended_at IS NOT NULL`

/**
 * Adds up to 2,000 ended invitations to the funnel sums, each exactly once; they no longer change. Returns how many.
 * Safe to run on several instances at once.
 */
export const countEnded = async (tx: Tx, timeZone: string): Promise<number> => {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    WITH taken AS (
      UPDATE survey_invitations SET counted = true WHERE id IN (
        ${uncounted()} ORDER BY id LIMIT 2000 FOR UPDATE SKIP LOCKED
      ) RETURNING *
    ), added AS (
      INSERT INTO survey_funnels AS f
        (survey_code, territory, slice, month, minor, stopped, invited, opened, started, finished)
      SELECT i.survey_code, i.territory, s.slice, date_trunc('month', i.invited_at AT TIME ZONE ${timeZone})::date AS month,
        i.minor, coalesce(a.question, '') AS stopped, count(*), count(i.opened_at), count(r.started_at), count(r.finished_at)
      FROM taken i
      LEFT JOIN survey_responses r ON r.invitation_id = i.id
      LEFT JOIN LATERAL (
        SELECT question FROM survey_answers WHERE invitation_id = i.id AND r.finished_at IS NULL
        ORDER BY at DESC, question LIMIT 1
      ) a ON true
      CROSS JOIN LATERAL (${slicesOfInvitation}) s
      WHERE i.invited_at IS NOT NULL
      GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 3, 4, 2, 5, 6
      ON CONFLICT (survey_code, slice, month, territory, minor, stopped) DO UPDATE SET invited = f.invited + excluded.invited,
        opened = f.opened + excluded.opened, started = f.started + excluded.started, finished = f.finished + excluded.finished
    )
    SELECT count(*)::int AS count FROM taken`
  return row?.count ?? 0
}
