import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

export type Absence = { id: string; staffId: string; from: Date; until: Date }

/** Records an absence. Throws if it ends before it begins. */
export const insertAbsence = (tx: Tx, absence: Omit<Absence, 'id'>): Promise<Absence> =>
  tx.staffAbsence.create({ data: absence })

/** Ends an absence now, or deletes it if it has not begun. Returns null if there is no current or future one. */
export const endOrDeleteAbsence = async (
  tx: Tx,
  { id, staffId, now }: { id: string; staffId: string; now: Date },
): Promise<Absence | null> => {
  const ahead = { id, staffId, from: { gte: now } }
  const [found] = await tx.staffAbsence.findMany({ where: ahead })
  // Only one of several concurrent calls deletes it.
  if (found) return (await tx.staffAbsence.deleteMany({ where: ahead })).count === 1 ? found : null
  const where = { id, staffId, until: { gt: now } }
  const [cut] = await tx.staffAbsence.updateManyAndReturn({ where, data: { until: now } })
  return cut ?? null
}

/** Returns a member's current and future absences, earliest first. */
export const absencesOf = (reader: Reader, staffId: string, now: Date): Promise<Absence[]> =>
  readFrom(reader).staffAbsence.findMany({
    where: { staffId, until: { gt: now } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })

/** Returns the ids of staff absent at that time. */
export const absentAt = async (reader: Reader, now: Date): Promise<Set<string>> => {
  const rows = await directFrom(reader)<{ staffId: string }>`
    SELECT staff_id AS "staffId" FROM staff_absences WHERE "from" <= ${now} AND until > ${now}`
  return new Set(rows.map(({ staffId }) => staffId))
}

/** Absences of these members that touch a span, earliest first. */
export const absencesBetween = (
  reader: Reader,
  { staffIds, from, until }: { staffIds: readonly string[]; from: Date; until: Date },
): Promise<Absence[]> =>
  readFrom(reader).staffAbsence.findMany({
    where: { staffId: { in: [...staffIds] }, from: { lt: until }, until: { gt: from } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })
