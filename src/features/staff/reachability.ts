import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { setStaffReachable } from '#storage/staff/staff-reach.ts'

/**
 * Clears a member's unreachable mark after they write to the bot; unassigned requests may be assigned to them
 * again.
 */
export const markStaffReachable = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { staffId }: { staffId: string },
): Promise<void> => {
  if (await setStaffReachable(tx, staffId)) await enqueue(tx, 'reassign', { staffId })
}
