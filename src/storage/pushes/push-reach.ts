import { namesOf, personOfRecipient } from '#storage/accounts.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Member, toMember } from '#storage/families/family-members.ts'
import { isHidden } from '#storage/hiding/hidden-chats.ts'
import type { Sealer } from '#storage/seal.ts'

/** Returns whether a person is unreachable, and locks that state until the transaction ends. */
const lockAndCheckUnreachable = async (tx: Tx, personId: string): Promise<boolean> => {
  const [person] = await tx.$queryRaw<{ away: boolean }[]>`
    SELECT unreachable_since IS NOT NULL AS away FROM persons WHERE id = ${personId}::uuid FOR NO KEY UPDATE`
  return person?.away === true
}

/** Returns whether nothing may be sent to a person, because they are unreachable or have hidden the chat; locks that state. */
export const lockAndCheckSilent = async (tx: Tx, personId: string): Promise<boolean> => {
  const away = await lockAndCheckUnreachable(tx, personId)
  return away || (await isHidden(tx, personId))
}

/** Marks a person unreachable and locks that state; returns false if they already were. */
export const setPersonUnreachable = async (tx: Tx, personId: string, now: Date): Promise<boolean> => {
  if (await lockAndCheckUnreachable(tx, personId)) return false
  await tx.person.updateMany({ where: { id: personId }, data: { unreachableSince: now } })
  return true
}

/** Marks a person reachable; returns false if they already were. */
export const setPersonReachable = async (tx: Tx, personId: string): Promise<boolean> =>
  (
    await tx.person.updateMany({
      where: { id: personId, unreachableSince: { not: null } },
      data: { unreachableSince: null },
    })
  ).count === 1

/** Returns a person's current memberships in the order they joined. */
export const membershipsOf = async (reader: Reader, personId: string): Promise<Member[]> => {
  const where = { personId, removedAt: null }
  const rows = await readFrom(reader).familyMember.findMany({ where, orderBy: { joinedAt: 'asc' } })
  return rows.map(toMember)
}

export const isUnreachable = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).person.count({ where: { id: personId, unreachableSince: { not: null } } })) > 0

/** Returns the person of an account or a recipient; null if it is unknown. */
export const personIdOf = async (reader: Reader, sealer: Sealer, account: string): Promise<string | null> => {
  const personId = personOfRecipient(account)
  if (personId !== null) return personId
  const where = { account: { in: namesOf(sealer, account) } }
  return (await readFrom(reader).person.findFirst({ where, select: { id: true } }))?.id ?? null
}
