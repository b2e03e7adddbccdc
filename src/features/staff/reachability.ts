import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { setStaffReachable, setStaffUnreachable } from '#storage/staff/staff-reach.ts'
import { alarmAboutWork } from './alarm-about-work.ts'

/** Marks a member whom no message reaches; what they have is an alarm from now on. Returns false if they were marked already. */
export const nobodyReaches = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  { staffId, now }: { staffId: string; now: Date },
): Promise<boolean> => {
  if (!(await setStaffUnreachable(tx, staffId, now))) return false
  await alarmAboutWork(tx, deps, { staffId, now })
  return true
}

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
