import type { Tx } from '#storage/database.ts'
import { forgetKey } from '#storage/keys/subject-keys.ts'

/**
 * Deletes a person's draft, and also the person and the draft's consents if nothing else justifies keeping them (no
 * request, no staff role, no family, nobody with whom they ask together). Returns whether a consent was deleted; false for an unknown person. With
 * `untouchedSince`, keeps a draft that has been changed since, for example by an answer given meanwhile.
 */
export const forgetPerson = async (tx: Tx, id: string, untouchedSince?: Date): Promise<boolean> => {
  const person = await tx.person.findUnique({
    where: { id },
    select: {
      id: true,
      staff: { select: { id: true } },
      _count: { select: { requests: true, families: true, replaced: true, replacing: true, joined: true } },
    },
  })
  if (!person) return false
  const where = { personId: person.id, ...(untouchedSince && { updatedAt: { lt: untouchedSince } }) }
  const { count } = await tx.draft.deleteMany({ where })
  if (untouchedSince && count === 0) return false
  // A member's consents cover more than the draft, and the history of a removed or replaced member stays with the family.
  // So do those of somebody who has joined another one's request.
  const { families, replaced, replacing, joined } = person._count
  if (families + replaced + replacing + joined > 0) return false
  // Consents are append-only: this function of the database is the only way to delete any.
  const [forgotten] = await tx.$queryRaw<{ count: number }[]>`
    SELECT forget_unused_consents(${person.id}::uuid) AS count`
  if (person._count.requests === 0 && !person.staff) {
    await tx.person.delete({ where: { id: person.id } })
    await forgetKey(tx, { person: person.id })
  }
  return (forgotten?.count ?? 0) > 0
}
