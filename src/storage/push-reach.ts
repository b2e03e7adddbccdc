import { type Reader, readFrom, type Tx } from './database.ts'
import { type Member, toMember } from './family-members.ts'

/** Keeps that a person cannot be written to; false when that was known. */
export const loseTouchWith = async (tx: Tx, personId: string, now: Date): Promise<boolean> =>
  (
    await tx.person.updateMany({
      where: { id: personId, unreachableSince: null },
      data: { unreachableSince: now },
    })
  ).count === 1

/** Forgets it; false when it was not known. */
export const regainTouchWith = async (tx: Tx, personId: string): Promise<boolean> =>
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
