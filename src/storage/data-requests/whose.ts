import type { Tx } from '#storage/database.ts'

/** The id of a family's member by the family's number and the member's place, from 1, in the order they were added. */
export const familyOfNumber = async (
  tx: Tx,
  { number, member }: { number: number; member: number },
): Promise<string | null> => {
  const family = await tx.family.findUnique({ where: { number }, select: { id: true } })
  if (!family || member < 1) return null
  const [found] = await tx.familyMember.findMany({
    where: { familyId: family.id, removedAt: null },
    orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
    skip: member - 1,
    take: 1,
    select: { id: true },
  })
  return found?.id ?? null
}
