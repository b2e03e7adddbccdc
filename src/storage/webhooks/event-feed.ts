import { Prisma } from '#generated/client.ts'
import type { Tx } from '#storage/database.ts'

export type FeedEvent = {
  id: string
  position: bigint
  type: string
  at: Date
  requestId: string | null
  familyId: string | null
  data: object
}

/** Events whose numbers are given in one call at most. */
const mostNumbered = 1000

/** Notes that a key reads the feed: from now on events are kept for it. */
export const joinFeed = async (tx: Tx, keyId: string, now: Date): Promise<void> => {
  await tx.apiKey.updateMany({ where: { id: keyId, eventsSince: null }, data: { eventsSince: now } })
}

/**
 * Gives a place to the events that have been committed since the last time. Readers wait for each other until the
 * transaction ends, so a later place is never visible before an earlier one. Returns whether some are left without.
 */
export const numberEvents = async (tx: Tx): Promise<{ left: boolean }> => {
  const [feed] = await tx.$queryRaw<{ last: bigint }[]>`SELECT last FROM event_feed FOR UPDATE`
  const last = feed?.last ?? 0n
  // A statement of its own: it sees what was committed while this transaction waited for the others.
  const numbered = await tx.$executeRaw`
    UPDATE webhook_events event SET position = given.position FROM (
      SELECT id, ${last}::bigint + row_number() OVER (ORDER BY at, sequence NULLS FIRST, id) AS position
      FROM webhook_events WHERE position IS NULL AND scope IS NOT NULL
      ORDER BY at, sequence NULLS FIRST, id LIMIT ${mostNumbered}
    ) AS given WHERE event.id = given.id`
  if (numbered > 0) await tx.$executeRaw`UPDATE event_feed SET last = ${last + BigInt(numbered)}`
  return { left: numbered === mostNumbered }
}

type Place = { position: bigint; id: string | null }

/**
 * Whether the feed still holds everything after a place: the event that stands there is the same, or the place is the very
 * beginning and nothing was deleted. False after the retention, and after a restore from an earlier backup.
 */
export const holdsPlace = async (tx: Tx, { position, id }: Place): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM webhook_events WHERE position = ${position}`
  if (row) return row.id === id
  if (position !== 0n) return false
  const [first] = await tx.$queryRaw<{ position: bigint }[]>`
    SELECT position FROM webhook_events WHERE position IS NOT NULL ORDER BY position LIMIT 1`
  return first === undefined || first.position === 1n
}

type Heard = {
  after: bigint
  scopes: readonly string[]
  territories: readonly string[] | 'all'
  limit: number
}

/** The next events that these scopes and territories hear, in the order of the feed. */
export const eventsAfter = (
  tx: Tx,
  { after, scopes, territories, limit }: Heard,
): Promise<FeedEvent[]> => tx.$queryRaw<FeedEvent[]>`
  SELECT id::text AS id, position, type, at, request_id::text AS "requestId", family_id::text AS "familyId", data
  FROM webhook_events
  WHERE position > ${after} AND scope = ANY (${[...scopes]}::text[])
    ${territories === 'all' ? Prisma.empty : Prisma.sql`AND territory = ANY (${[...territories]}::text[])`}
  ORDER BY position LIMIT ${limit}`

/** The last place of the feed; null if it is empty. */
export const endOfFeed = async (tx: Tx): Promise<{ position: bigint; id: string } | null> => {
  const [row] = await tx.$queryRaw<{ position: bigint; id: string }[]>`
    SELECT position, id::text AS id FROM webhook_events WHERE position IS NOT NULL
    ORDER BY position DESC LIMIT 1`
  return row ?? null
}
