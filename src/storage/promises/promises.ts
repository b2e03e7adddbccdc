import { newId } from '#core/ids.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { direct, directFrom } from '#storage/direct.ts'

/** Whose words are waited for: those of a request's family, or of a member in their conversation. */
export type PromiseSubject = { requestId: string } | { memberId: string }

export type ReadingPromise = {
  id: string
  requestId: string | null
  memberId: string | null
  /** `word`: a message, a decision or a call; `reading`: that it is opened is enough. */
  wants: 'word' | 'reading'
  madeAt: Date
  /** The start of the next shift, if that was promised. */
  fromAt: Date | null
  /** The end of the shift in which it was to be read. */
  dueAt: Date
  /** When the next notice that we are late is due. */
  nextAt: Date
  /** How many there were. */
  notices: number
  endedAt: Date | null
}

type NewPromise = Pick<ReadingPromise, 'wants' | 'madeAt' | 'fromAt' | 'dueAt'>

/** Opens a promise; one that is open already stays as it is. */
export const insertPromise = async (
  tx: Tx,
  subject: PromiseSubject,
  { wants, madeAt, fromAt, dueAt }: NewPromise,
): Promise<void> => {
  const { requestId, memberId } = { requestId: null, memberId: null, ...subject }
  await direct(tx)`
    INSERT INTO promises (id, request_id, member_id, wants, made_at, from_at, due_at, next_at)
    VALUES (${newId()}::uuid, ${requestId}::uuid, ${memberId}::uuid, ${wants}, ${madeAt}, ${fromAt}, ${dueAt}, ${dueAt})
    ON CONFLICT DO NOTHING`
}

/** Ends the open promise; with `reading` only one that a look keeps. */
export const endPromise = async (
  tx: Tx,
  subject: PromiseSubject,
  { by, now }: { by: ReadingPromise['wants']; now: Date },
): Promise<void> => {
  const where = { ...subject, endedAt: null, ...(by === 'reading' && { wants: 'reading' }) }
  await tx.readingPromise.updateMany({ where, data: { endedAt: now } })
}

/** Ends a promise whose subject is gone. */
export const endPromiseById = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.readingPromise.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}

export const openPromiseOf = async (
  reader: Reader,
  subject: PromiseSubject,
): Promise<ReadingPromise | null> => {
  const { requestId, memberId } = { requestId: null, memberId: null, ...subject }
  const [row] = await directFrom(reader)<Row>`
    SELECT id, request_id AS "requestId", member_id AS "memberId", wants, made_at AS "madeAt", from_at AS "fromAt",
      due_at AS "dueAt", next_at AS "nextAt", notices, ended_at AS "endedAt"
    FROM promises WHERE ended_at IS NULL AND (request_id = ${requestId}::uuid OR member_id = ${memberId}::uuid) LIMIT 1`
  return toPromise(row ?? null)
}

/** Returns up to 500 open promises whose notice is due, the longest due first. */
export const duePromises = async (reader: Reader, now: Date): Promise<string[]> => {
  const rows = await readFrom(reader).$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM promises WHERE ended_at IS NULL AND next_at <= ${now} ORDER BY next_at LIMIT 500`
  return rows.map(({ id }) => id)
}

/** Locks a promise whose notice is due; null if it has been kept or told meanwhile, or another instance has it. */
export const lockDuePromise = async (tx: Tx, id: string, now: Date): Promise<ReadingPromise | null> => {
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM promises WHERE id = ${id}::uuid AND ended_at IS NULL AND next_at <= ${now} FOR UPDATE SKIP LOCKED`
  return locked.length === 0 ? null : toPromise(await tx.readingPromise.findUnique({ where: { id } }))
}

/** Records a notice, and when the next one is due. */
export const countNotice = async (
  tx: Tx,
  { id, notices }: Pick<ReadingPromise, 'id' | 'notices'>,
  nextAt: Date,
): Promise<void> => {
  await tx.readingPromise.update({ where: { id }, data: { notices: notices + 1, nextAt } })
}

/** Returns which of the promises are open, and how many notices each has had. */
export const openNotices = async (reader: Reader, ids: readonly string[]): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map()
  const where = { id: { in: [...ids] }, endedAt: null }
  const rows = await readFrom(reader).readingPromise.findMany({ where, select: { id: true, notices: true } })
  return new Map(rows.map(({ id, notices }) => [id, notices]))
}

type Row = Omit<ReadingPromise, 'wants'> & { wants: string }

const toPromise = (row: Row | null): ReadingPromise | null =>
  row && { ...row, wants: row.wants as ReadingPromise['wants'] }
