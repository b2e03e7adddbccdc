import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { setStaffReachable } from '#storage/staff/staff-reach.ts'

/** A member who could not be written to has come by themselves: what waits for anybody may come to them again. */
export const markStaffReachable = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { staffId }: { staffId: string },
): Promise<void> => {
  if (await setStaffReachable(tx, staffId)) await enqueue(tx, 'reassign', { staffId })
}
