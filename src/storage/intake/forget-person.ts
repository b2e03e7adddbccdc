import type { Tx } from '#storage/database.ts'

/**
 * Deletes a person's draft, and where nothing else is kept for a purpose (no request, not staff, of no family) the person
 * and the consents that allowed the draft. Returns silently for somebody who is not known. With a date: only
 * where the draft was not touched since, so that an answer given meanwhile keeps it. Returns whether a consent went.
 */
export const forgetPerson = async (tx: Tx, account: string, untouchedSince?: Date): Promise<boolean> => {
  const person = await tx.person.findUnique({
    where: { account },
    select: {
      id: true,
      staff: { select: { id: true } },
      _count: { select: { requests: true, families: true } },
    },
  })
  if (!person) return false
  const where = { personId: person.id, ...(untouchedSince && { updatedAt: { lt: untouchedSince } }) }
  const { count } = await tx.draft.deleteMany({ where })
  if (untouchedSince && count === 0) return false
  // A member's consent allows more than the draft, and what one who was removed has done stays with the family.
  if (person._count.families > 0) return false
  const consents = await tx.consent.deleteMany({ where: { personId: person.id, requestId: null } })
  if (person._count.requests === 0 && !person.staff) await tx.person.delete({ where: { id: person.id } })
  return consents.count > 0
}
