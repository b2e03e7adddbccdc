import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Member, toMember } from '#storage/families/family-members.ts'

/** Whether a person cannot be written to, which stays so until the transaction ends. */
export const lockAndCheckUnreachable = async (tx: Tx, personId: string): Promise<boolean> => {
  const [person] = await tx.$queryRaw<{ away: boolean }[]>`
    SELECT unreachable_since IS NOT NULL AS away FROM persons WHERE id = ${personId}::uuid FOR NO KEY UPDATE`
  return person?.away === true
}

/** Keeps that a person cannot be written to; false when that was known. They do not come back while the transaction lasts. */
export const setPersonUnreachable = async (tx: Tx, personId: string, now: Date): Promise<boolean> => {
  if (await lockAndCheckUnreachable(tx, personId)) return false
  await tx.person.updateMany({ where: { id: personId }, data: { unreachableSince: now } })
  return true
}

/** Forgets it; false when it was not known. */
export const setPersonReachable = async (tx: Tx, personId: string): Promise<boolean> =>
  (
    await tx.person.updateMany({
      where: { id: personId, unreachableSince: { not: null } },
      data: { unreachableSince: null },
    })
  ).count === 1

/** Who a person is in their families, in the order in which they joined them. */
export const membershipsOf = async (reader: Reader, personId: string): Promise<Member[]> => {
  const where = { personId, removedAt: null }
  const rows = await readFrom(reader).familyMember.findMany({ where, orderBy: { joinedAt: 'asc' } })
  return rows.map(toMember)
}

export const isUnreachable = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).person.count({ where: { id: personId, unreachableSince: { not: null } } })) > 0

export const personIdOf = async (reader: Reader, account: string): Promise<string | null> =>
  (await readFrom(reader).person.findUnique({ where: { account }, select: { id: true } }))?.id ?? null
