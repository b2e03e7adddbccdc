import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Families of one curator that are given to somebody else, or evenly. */
export type HandOverRow = {
  id: string
  fromId: string
  /** Null: evenly. */
  toId: string | null
  byId: string
  familyIds: string[]
  at: Date
  /** Until then it can be taken back. */
  beginsAt: Date
  undoneAt: Date | null
  begunAt: Date | null
  endedAt: Date | null
  given: number | null
}

export const insertHandOver = (
  tx: Tx,
  row: Pick<HandOverRow, 'fromId' | 'toId' | 'byId' | 'familyIds' | 'at' | 'beginsAt'>,
): Promise<HandOverRow> => tx.handOver.create({ data: row })

export const findHandOver = (reader: Reader, id: string): Promise<HandOverRow | null> =>
  readFrom(reader).handOver.findUnique({ where: { id } })

/** Takes it back unless it has begun; false otherwise. */
export const undoHandOverRow = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.handOver.updateMany({ where: { id, undoneAt: null, begunAt: null }, data: { undoneAt: now } }))
    .count === 1

/** Begins it, or goes on with it after an interruption; null if it was taken back, or has ended. */
export const beginHandOver = async (tx: Tx, id: string, now: Date): Promise<HandOverRow | null> => {
  await tx.handOver.updateMany({ where: { id, undoneAt: null, begunAt: null }, data: { begunAt: now } })
  const row = await findHandOver(tx, id)
  return row && row.begunAt !== null && row.endedAt === null ? row : null
}

export const endHandOver = async (
  tx: Tx,
  id: string,
  { given, now }: { given: number; now: Date },
): Promise<void> => {
  await tx.handOver.update({ where: { id }, data: { endedAt: now, given } })
}

/** How many of these families have another curator by now. */
export const countGiven = (
  reader: Reader,
  { familyIds, fromId }: Pick<HandOverRow, 'familyIds' | 'fromId'>,
): Promise<number> =>
  readFrom(reader).family.count({ where: { id: { in: familyIds }, curatorId: { not: fromId } } })
