import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const visitStatuses = ['planned', 'cancelled', 'done', 'missed'] as const
export type VisitStatus = (typeof visitStatuses)[number]

export type Visit = {
  id: string
  familyId: string
  /** The visitor. */
  staffId: string
  startsAt: Date
  endsAt: Date
  purpose: string
  audience: 'family' | 'adults' | 'minors' | 'confidential'
  memberIds: string[]
  /** Sealed JSON at `visits.content` / id: place and note. */
  content: string
  /** Sealed at `visits.door_code` / id and version. */
  doorCode: string
  /** Number of moves so far. */
  version: number
  status: VisitStatus
  /** What its last move changed (the first that applies, in this order); null: never moved. */
  lastMove: 'time' | 'visitor' | 'length' | null
  /** The start before its last move to another time. */
  movedFrom: Date | null
  seriesId: string | null
  createdAt: Date
  changedAt: Date
  /** Sealed at `visits.result` / id: what came of it, for staff alone. */
  result: string | null
  /** Incremented by every change (ETag). */
  revision: number
}

export type NewVisit = Omit<
  Visit,
  'version' | 'status' | 'lastMove' | 'movedFrom' | 'changedAt' | 'result' | 'revision'
>

export const insertVisit = async (tx: Tx, visit: NewVisit): Promise<Visit> =>
  toVisit(await tx.visit.create({ data: { ...visit, changedAt: visit.createdAt } }))

/** Returns when visits begin, by id. */
export const visitStarts = async (reader: Reader, ids: readonly string[]): Promise<Map<string, Date>> => {
  if (ids.length === 0) return new Map()
  const where = { id: { in: [...ids] } }
  const rows = await readFrom(reader).visit.findMany({ where, select: { id: true, startsAt: true } })
  return new Map(rows.map(({ id, startsAt }) => [id, startsAt]))
}

export const findVisit = async (reader: Reader, id: string): Promise<Visit | null> => {
  const row = await readFrom(reader).visit.findUnique({ where: { id } })
  return row && toVisit(row)
}

/** Locks and returns a visit. */
export const lockVisit = async (tx: Tx, id: string): Promise<Visit | null> => {
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM visits WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  return locked.length === 0 ? null : findVisit(tx, id)
}

/** Locks and returns a family's planned visits that have not ended. */
export const lockVisitsAhead = async (
  tx: Tx,
  { familyId, now }: { familyId: string; now: Date },
): Promise<Visit[]> => {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM visits WHERE family_id = ${familyId}::uuid AND status = 'planned' AND ends_at > ${now}
    ORDER BY id FOR NO KEY UPDATE`
  const rows = await tx.visit.findMany({
    where: { id: { in: locked.map(({ id }) => id) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toVisit)
}

/** Updates a locked visit and increments its revision. */
export const changeVisit = async (
  tx: Tx,
  id: string,
  changes: Partial<
    Pick<
      Visit,
      | 'staffId'
      | 'startsAt'
      | 'endsAt'
      | 'purpose'
      | 'content'
      | 'doorCode'
      | 'version'
      | 'status'
      | 'lastMove'
      | 'movedFrom'
      | 'result'
    >
  > & { changedAt: Date },
): Promise<Visit> =>
  toVisit(await tx.visit.update({ where: { id }, data: { ...changes, revision: { increment: 1 } } }))

/** Returns a family's visits that end after a date, earliest first; default: all statuses. */
export const visitsSince = async (
  reader: Reader,
  {
    familyId,
    since,
    statuses = visitStatuses,
    limit,
    offset = 0,
  }: { familyId: string; since: Date; statuses?: readonly VisitStatus[]; limit: number; offset?: number },
): Promise<Visit[]> => {
  const where = { familyId, endsAt: { gt: since }, status: { in: [...statuses] } }
  const orderBy = [{ startsAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).visit.findMany({ where, orderBy, take: limit, skip: offset })
  return rows.map(toVisit)
}

/** Whether a staff member has or had a visit to a family that was not cancelled. */
export const visitsFamily = async (
  reader: Reader,
  { staffId, familyId }: { staffId: string; familyId: string },
): Promise<boolean> => {
  const where = { staffId, familyId, status: { not: 'cancelled' } }
  return (await readFrom(reader).visit.findFirst({ where, select: { id: true } })) !== null
}

type StoredVisit = NonNullable<Awaited<ReturnType<Database['prisma']['visit']['findUnique']>>>

export const toVisit = ({ updatedAt: _, ...row }: StoredVisit): Visit => ({
  ...row,
  audience: row.audience as Visit['audience'],
  status: row.status as VisitStatus,
  lastMove: row.lastMove as Visit['lastMove'],
})
