import { type EnqueueMany, lowPriority } from '#queue/queues.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Tx } from '#storage/database.ts'
import { orphanedPushes, orphans } from '#storage/pushes/pushes.ts'

/** Until this long after its due time, a push has a job unless the job was given up. */
const lostAfterMs = 10 * 60_000

const lostBefore = (now: Date) => new Date(now.getTime() - lostAfterMs)

/** Whether there are any. */
export const lostPushes = (now: Date): Rows[] => [orphans(lostBefore(now))]

/**
 * Safety net below the queue: enqueues jobs for waiting pushes that have none, as after an outage of Telegram
 * of more than a day; they are decided again. Returns the number found, normally zero.
 */
export const sweepLostPushes = async (
  tx: Tx,
  { enqueueMany }: { enqueueMany: EnqueueMany },
  now: Date,
): Promise<number> => {
  const lost = await orphanedPushes(tx, lostBefore(now))
  await enqueueMany(
    tx,
    'push',
    lost.map((pushId) => ({ payload: { pushId }, priority: lowPriority })),
  )
  return lost.length
}
