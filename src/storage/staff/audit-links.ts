import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type AuditLink = {
  /** From 1, without gaps. */
  position: bigint
  entryId: bigint
  /** ISO. */
  day: string
  hash: string
}

/** An entry as it is hashed: everything that stands in its row, as one text. */
export type HashedEntry = { entryId: bigint; text: string }

/** A column that is added later is null in old rows, and changes nothing of their texts. */
const text = `jsonb_strip_nulls(to_jsonb(entry))::text`

/** Entries can be committed in another order than their ids; none is this much later. */
const latestIds = 10_000

/** One process at a time adds links, until its transaction ends. False if another one does so now. */
export const lockLinks = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtext('ryadom.audit-links')) AS taken`
  return row?.taken === true
}

const columns = `link.position, link.entry_id AS "entryId", link.day::text AS day, link.hash`

/** The last link; with `until`, the last one of that day or before. */
export const lastLink = async (reader: Reader, until = '9999-12-31'): Promise<AuditLink | null> => {
  const [row] = await readFrom(reader).$queryRawUnsafe<AuditLink[]>(
    `SELECT ${columns} FROM audit_links link WHERE day <= $1::date ORDER BY position DESC LIMIT 1`,
    until,
  )
  return row ?? null
}

/** Returns committed entries without a link, by id. */
export const unlinkedEntries = (tx: Tx, limit: number): Promise<HashedEntry[]> =>
  tx.$queryRaw<HashedEntry[]>`${unlinked()} ORDER BY entry.id LIMIT ${limit}`

export const unlinked = (): Rows => Prisma.sql`
  SELECT entry.id AS "entryId", ${Prisma.raw(text)} AS text FROM audit_entries entry
  WHERE entry.id > (SELECT coalesce(max(entry_id), 0) - ${latestIds}::bigint FROM audit_links)
    AND NOT EXISTS (SELECT FROM audit_links link WHERE link.entry_id = entry.id)`

export const insertLinks = async (tx: Tx, links: readonly AuditLink[]): Promise<void> => {
  const data = links.map((link) => ({ ...link, day: new Date(`${link.day}T00:00:00Z`) }))
  await tx.auditLink.createMany({ data })
}

/** Links after a position, in order, each with its entry; the entry's text is null if it is gone. */
export const linksAfter = (
  reader: Reader,
  position: bigint,
  limit: number,
): Promise<(AuditLink & { text: string | null })[]> =>
  readFrom(reader).$queryRawUnsafe(
    `SELECT ${columns}, CASE WHEN entry.id IS NULL THEN NULL ELSE ${text} END AS text
      FROM audit_links link LEFT JOIN audit_entries entry ON entry.id = link.entry_id
      WHERE position > $1 ORDER BY position LIMIT $2`,
    position,
    limit,
  )

/** The last link whose entry was deleted for its age; null: none was. */
export const lastForgotten = async (reader: Reader): Promise<{ position: bigint; hash: string } | null> =>
  readFrom(reader).auditForgotten.findFirst({
    orderBy: { position: 'desc' },
    select: { position: true, hash: true },
  })

/** Deletes up to so many entries that were linked before a day, three years old at least; returns how many. */
export const forgetOldAudit = async (
  tx: Tx,
  { until, now, most }: { until: Date; now: Date; most: number },
): Promise<number> => {
  const day = until.toISOString().slice(0, 10)
  const [row] = await tx.$queryRaw<{ gone: number }[]>`
    SELECT forget_old_audit(${day}::date, ${now}::timestamptz, ${most}::int) AS gone`
  return row?.gone ?? 0
}

/** How many entries wait for their link, and the first one that can get none any more, because it came too late. */
export const countUnlinked = async (reader: Reader): Promise<{ waiting: number; late: bigint | null }> => {
  const [row] = await readFrom(reader).$queryRaw<{ waiting: number; late: bigint | null }[]>`
    SELECT count(*)::int AS waiting,
      min(id) FILTER (WHERE id <= (SELECT max(entry_id) - ${latestIds}::bigint FROM audit_links)) AS late
    FROM audit_entries entry WHERE NOT EXISTS (SELECT FROM audit_links WHERE entry_id = entry.id)`
  return row ?? { waiting: 0, late: null }
}
