import { type EnqueueMany, lowPriority } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { orphanedPushes } from '#storage/pushes/pushes.ts'

/** So long after its moment a push has a job, unless that was given up. */
const lostAfterMs = 10 * 60_000

/**
 * The net below the queue: a push that waits and has no job any more, as after an outage of Telegram of more than a day,
 * gets one, and is judged again. Returns how many there were, which is none on every good day.
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
