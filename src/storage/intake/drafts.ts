import type { Database, Tx } from '#storage/database.ts'

/** Begins a draft; a person has one at most. `answers` are sealed. */
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
  updateId: bigint
  draftId: string
  /** The revision that was read; the draft has the next one afterwards. */
  revision: number
  /** Sealed. */
  answers: string
  version: number
  region: string
  now: Date
}

/**
 * Saves one answer and takes the update's id, in one prepared statement that commits by itself.
 * `duplicate`: this update is committed already, nothing is written. `stale`: the draft has another
 * revision or is gone, nothing is written and the update's id is not taken.
 */
export const saveDraft = async (
  db: Database,
  change: DraftChange,
): Promise<'saved' | 'duplicate' | 'stale'> => {
  const { updateId, draftId, revision, answers, version, region, now } = change
  const params = [updateId, draftId, revision, answers, version, region, now]
  const [row] = await db.sql.query<{ outcome: 'saved' | 'duplicate' | 'stale' }>(
    'save-draft',
    saveSql,
    params,
  )
  if (!row) throw new Error('the draft was neither saved nor refused')
  return row.outcome
}

// The draft's lock comes first, so a second delivery that waits for it reads the revision of the first and
// writes nothing. It is told `stale` then, for it cannot see the other's update id yet; judged again with
// the new revision, it meets that id and is told `duplicate`.
const saveSql = `
  WITH draft AS MATERIALIZED (
    SELECT id FROM drafts WHERE id = $2::uuid AND revision = $3 FOR UPDATE
  ), taken AS (
    INSERT INTO processed_updates (id, at) SELECT $1::bigint, $7::timestamptz FROM draft
    ON CONFLICT (id) DO NOTHING RETURNING id
  ), saved AS (
    UPDATE drafts SET answers = $4, version = $5, region = $6, revision = revision + 1, updated_at = $7
    FROM taken WHERE drafts.id = $2::uuid RETURNING drafts.id
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM saved) THEN 'saved'
    WHEN EXISTS (SELECT FROM draft) OR EXISTS (SELECT FROM processed_updates WHERE id = $1::bigint) THEN 'duplicate'
    ELSE 'stale'
  END AS outcome`

/** Forgets a person's draft; true when there was one. */
export const deleteDraft = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.draft.deleteMany({ where: { personId } })).count > 0

/** Whose drafts nobody has touched since then, at most 500 at a time: the accounts. */
export const accountsOfDraftsUntouchedSince = async (db: Database, date: Date): Promise<string[]> => {
  const where = { updatedAt: { lt: date } }
  const drafts = await db.prisma.draft.findMany({
    where,
    take: 500,
    orderBy: { updatedAt: 'asc' },
    select: { person: { select: { account: true } } },
  })
  return drafts.map(({ person }) => person.account)
}
