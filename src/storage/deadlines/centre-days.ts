import { newId } from '#core/ids.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const centreDayKinds = ['off', 'working'] as const
export type CentreDayKind = (typeof centreDayKinds)[number]

export type CentreDay = {
  id: string
  /** ISO date. */
  day: string
  /** Off, or a Saturday, Sunday or day off that is worked. */
  kind: CentreDayKind
  /** What says so. */
  act: string
}

/** Those in force, by day; past Prisma, because it is read every few seconds. */
export const readCentreDays = (database: Database): Promise<CentreDay[]> =>
  database.sql.query<CentreDay>(
    'centre-days',
    `SELECT id::text AS id, to_char(day, 'YYYY-MM-DD') AS day, kind, act
     FROM centre_days WHERE removed_at IS NULL ORDER BY centre_days.day`,
    [],
  )

/** The same inside a transaction; changes wait for each other. */
export const lockCentreDays = async (tx: Tx): Promise<CentreDay[]> => {
  await tx.$executeRaw`LOCK TABLE centre_days IN SHARE ROW EXCLUSIVE MODE`
  return centreDaysIn(tx)
}

export const centreDaysIn = async (reader: Reader): Promise<CentreDay[]> => {
  const rows = await readFrom(reader).centreDay.findMany({
    where: { removedAt: null },
    orderBy: { day: 'asc' },
  })
  return rows.map(({ id, day, kind, act }) => ({
    ...{ id, act, day: day.toISOString().slice(0, 10) },
    kind: kind === 'working' ? 'working' : 'off',
  }))
}

export const insertCentreDay = async (
  tx: Tx,
  { day, now, ...given }: Omit<CentreDay, 'id'> & { now: Date },
): Promise<CentreDay> => {
  const id = newId()
  await tx.centreDay.create({ data: { id, ...given, day: new Date(`${day}T00:00:00Z`), addedAt: now } })
  return { id, day, ...given }
}

/** Returns false if it is not there any more. */
export const removeCentreDay = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.centreDay.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })).count === 1
