import { type EnqueueMany, lowPriority } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { orphanedPushes } from '#storage/pushes/pushes.ts'

/** Until this long after its due time, a push has a job unless the job was given up. */
const lostAfterMs = 10 * 60_000

/**
 * Safety net below the queue: enqueues jobs for waiting pushes that have none, as after an outage of Telegram
 * of more than a day; they are decided again. Returns the number found, normally zero.
 */
export const sweepLostPushes = async (
  tx: Tx,
  { enqueueMany }: { enqueueMany: EnqueueMany },
  now: Date,
): Promise<number> => {
  const lost = await orphanedPushes(tx, new Date(now.getTime() - lostAfterMs))
  await enqueueMany(
    tx,
    'push',
    lost.map((pushId) => ({ payload: { pushId }, priority: lowPriority })),
  )
  return lost.length
}
