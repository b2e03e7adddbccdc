import type { Tx } from '#storage/database.ts'

/** Marks a member unreachable; returns false if they already were. */
export const setStaffUnreachable = async (tx: Tx, staffId: string, now: Date): Promise<boolean> => {
  const where = { id: staffId, unreachableSince: null }
  const marked = await tx.staffMember.updateMany({ where, data: { unreachableSince: now } })
  return marked.count === 1
}

/** Marks a member reachable; returns false if they already were. */
export const setStaffReachable = async (tx: Tx, staffId: string): Promise<boolean> =>
  (
    await tx.staffMember.updateMany({
      where: { id: staffId, unreachableSince: { not: null } },
      data: { unreachableSince: null },
    })
  ).count === 1
