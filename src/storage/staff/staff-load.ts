import type { Reader } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

/** How much somebody has in hand. */
export type StaffLoad = {
  id: string
  /** Open requests, assigned or claimed. */
  requests: number
  urgent: number
  /** Active families whose curator they are. */
  families: number
  /** Planned or done visits that begin within the span. */
  visits: number
}

/** The load of these members, in one statement; `without`: requests that the reader must not know of. */
export const loadOfStaff = (
  reader: Reader,
  {
    staffIds,
    without,
    from,
    until,
  }: { staffIds: readonly string[]; without: readonly string[]; from: Date; until: Date },
): Promise<StaffLoad[]> => directFrom(reader)<StaffLoad>`
  SELECT s.id::text AS id, r.requests, r.urgent, f.families, v.visits
  FROM unnest(${[...staffIds]}::uuid[]) s(id)
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS requests, (count(*) FILTER (WHERE urgent))::int AS urgent FROM requests
    WHERE assigned_to_id = s.id AND status IN ('submitted', 'claimed') AND id <> ALL (${[...without]}::uuid[])
  ) r
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS families FROM families WHERE curator_id = s.id AND status = 'active'
  ) f
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS visits FROM visits
    WHERE staff_id = s.id AND status IN ('planned', 'done') AND starts_at >= ${from} AND starts_at < ${until}
  ) v`
