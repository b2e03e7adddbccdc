import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { InputKey } from '#core/channel.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Creates a draft; a person has at most one. `answers` are sealed. */
export const createDraft = async (
  tx: Tx,
  draft: { personId: string; version: number; region: string; answers: string; now?: Date },
): Promise<{ id: string; revision: number }> => {
  const { now, ...data } = draft
  const moment = now ? { createdAt: now, updatedAt: now } : {}
  const { id, revision } = await tx.draft.create({ data: { ...data, ...moment } })
  return { id, revision }
}

export type DraftChange = {
  input: InputKey
  draftId: string
  /** The revision that was read; saving increments it. */
  revision: number
  /** Sealed. */
  answers: string
  version: number
  region: string
  now: Date
}

/**
 * Saves one answer and claims the update's key, in one auto-committed prepared statement. Returns `duplicate` if the
 * update is already committed, or `stale` if the draft has another revision or is gone; both write nothing, and
 * `stale` does not claim the key.
 */
export const saveDraft = async (
  db: Database,
  change: DraftChange,
): Promise<'saved' | 'duplicate' | 'stale'> => {
  const { input, draftId, revision, answers, version, region, now } = change
  const params = [input.id, draftId, revision, answers, version, region, now, input.channel]
  const [row] = await db.sql.query<{ outcome: 'saved' | 'duplicate' | 'stale' }>(
    'save-draft',
    saveSql,
    params,
  )
  if (!row) throw new Error('the draft was neither saved nor refused')
  return row.outcome
}

// The draft is locked first, so a second delivery of the update waits, finds the new revision and writes
// nothing. It gets `stale`, because its snapshot does not include the update id of the first; retried with
// the new revision, it finds that id and gets `duplicate`.
const saveSql = `
  WITH draft AS MATERIALIZED (
    SELECT id FROM drafts WHERE id = $2::uuid AND revision = $3 FOR UPDATE
  ), taken AS (
    INSERT INTO processed_updates (channel, id, at) SELECT $8::text, $1::text, $7::timestamptz FROM draft
    ON CONFLICT (channel, id) DO NOTHING RETURNING id
  ), saved AS (
    UPDATE drafts SET answers = $4, version = $5, region = $6, revision = revision + 1, updated_at = $7
    FROM taken WHERE drafts.id = $2::uuid RETURNING drafts.id
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM saved) THEN 'saved'
    WHEN EXISTS (SELECT FROM draft)
      OR EXISTS (SELECT FROM processed_updates WHERE channel = $8::text AND id = $1::text) THEN 'duplicate'
    ELSE 'stale'
  END AS outcome`

/** Deletes a person's draft; returns true if there was one. */
export const deleteDraft = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.draft.deleteMany({ where: { personId } })).count > 0

/** Returns the ids of up to 500 persons whose drafts have not changed since a date. */
export const personsOfDraftsUntouchedSince = async (db: Database, date: Date): Promise<string[]> => {
  const where = { updatedAt: { lt: date } }
  const drafts = await db.prisma.draft.findMany({
    where,
    take: 500,
    orderBy: { updatedAt: 'asc' },
    select: { personId: true },
  })
  return drafts.map(({ personId }) => personId)
}

/** Up to 500 drafts that have been left since a date, and were not reminded of. */
export const draftsLeft = (before: Date): Rows => Prisma.sql`
  SELECT id::text AS id FROM drafts WHERE updated_at < ${before} AND reminded_at IS NULL LIMIT 500`

export const draftsToRemindOf = async (reader: Reader, before: Date): Promise<string[]> => {
  const drafts = await readFrom(reader).$queryRaw<{ id: string }[]>(draftsLeft(before))
  return drafts.map(({ id }) => id)
}

/** Marks a left draft as reminded of; null if it was continued, or reminded of by another instance. */
export const markReminded = async (
  tx: Tx,
  id: string,
  { before, now }: { before: Date; now: Date },
): Promise<{ personId: string; answers: string; revision: number } | null> => {
  const where = { id, updatedAt: { lt: before }, remindedAt: null }
  const [draft] = await tx.draft.updateManyAndReturn({ where, data: { remindedAt: now } })
  return draft ?? null
}

/** Returns the revisions of those drafts that are there. */
export const draftRevisions = async (
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map()
  const where = { id: { in: [...ids] } }
  const drafts = await readFrom(reader).draft.findMany({ where, select: { id: true, revision: true } })
  return new Map(drafts.map(({ id, revision }) => [id, revision]))
}
