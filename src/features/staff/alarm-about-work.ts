import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { staffWork } from '#storage/staff/staff-work.ts'
import { wakeWorkOf } from '#storage/worklist/work-clocks.ts'

/**
 * Somebody may not be responsible any more: another role, no account, nobody reaches them, gone. What they have is looked at within
 * a minute (features/worklist/follow-up.ts), and supervisors hear at once of visits that nobody will make.
 */
export const alarmAboutWork = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { staffId, now }: { staffId: string; now: Date },
): Promise<void> => {
  await wakeWorkOf(tx, staffId)
  const { visits } = await staffWork(tx, staffId, now)
  if (visits.length > 0) await enqueue(tx, 'orphans', {})
}
