import type { Tx } from '#storage/database.ts'

/** Keeps that a member cannot be written to; false when that was known. */
export const setStaffUnreachable = async (tx: Tx, staffId: string, now: Date): Promise<boolean> =>
  (
    await tx.staffMember.updateMany({
      where: { id: staffId, unreachableSince: null },
      data: { unreachableSince: now },
    })
  ).count === 1

/** Forgets it; false when it was not known. */
export const setStaffReachable = async (tx: Tx, staffId: string): Promise<boolean> =>
  (
    await tx.staffMember.updateMany({
      where: { id: staffId, unreachableSince: { not: null } },
      data: { unreachableSince: null },
    })
  ).count === 1
