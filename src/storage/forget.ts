import type { Tx } from './database.ts'

/**
 * Deletes a person's draft, and where nothing else is kept for a purpose (no request, not staff) the person
 * and the consents that allowed the draft. Returns silently for somebody who is not known.
 */
export const forgetPerson = async (tx: Tx, account: string): Promise<void> => {
  const person = await tx.person.findUnique({
    where: { account },
    select: { id: true, staff: { select: { id: true } }, _count: { select: { requests: true } } },
  })
  if (!person) return
  await tx.draft.deleteMany({ where: { personId: person.id } })
  await tx.consent.deleteMany({ where: { personId: person.id, requestId: null } })
  if (person._count.requests === 0 && !person.staff) await tx.person.delete({ where: { id: person.id } })
}
