import { z } from 'zod'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { summariseHeld } from '#features/pushes/reachability.ts'
import { type Enqueue, highPriority, queues } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { deleteHidden, insertHidden, leaveWaiting, markHideExplained } from '#storage/hiding/hidden-chats.ts'
import type { Snapshot } from '#storage/people.ts'
import { lockAndCheckSilent } from '#storage/pushes/push-reach.ts'
import { holdPushes } from '#storage/pushes/pushes.ts'
import type { Sealer } from '#storage/seal.ts'

type Deps = { sealer: Sealer; region: Region; enqueue: Enqueue }

/** When a job looks whether the chat was cleared: an input that could not do so has had its time. */
const clearedAfterSeconds = 10

/**
 * Hides a chat: from this transaction on nothing is sent to it. Pushes are held, and staff are told, so that they know that
 * silence is meant. Idempotent. `messageIds`: what is known to stand in the chat.
 */
export const hideChat = async (
  tx: Tx,
  deps: Deps,
  about: { account: string; who: Snapshot | null; messageIds: readonly string[]; now: Date },
): Promise<void> => {
  const { account, who, messageIds, now } = about
  const personId = who?.person.id ?? null
  // Whoever is about to hold or send a push waits for this.
  if (personId !== null) await lockAndCheckSilent(tx, personId)
  const hidden = await insertHidden(tx, deps.sealer, { account, personId, messageIds, now })
  if (!hidden || personId === null) return
  await markHideExplained(tx, personId, now)
  await holdPushes(tx, personId, now)
  await deps.enqueue(
    tx,
    'clear-chat',
    { personId },
    { startAfter: clearedAfterSeconds, priority: highPriority },
  )
  await tellStaff(tx, deps, { who, kind: 'hidden', now })
}

/** Words of danger came out of a hidden chat: whoever wrote them, staff have to know, and the chat says nothing. */
export const alarmFromHidden = (tx: Tx, deps: Deps, who: Snapshot | null, now: Date): Promise<void> =>
  tellStaff(tx, deps, { who, kind: 'hidden-alarm', now })

const tellStaff = async (
  tx: Tx,
  deps: Deps,
  { who, kind, now }: { who: Snapshot | null; kind: 'hidden' | 'hidden-alarm'; now: Date },
): Promise<void> => {
  for (const { id, memberId } of who?.families ?? []) {
    const family = await findFamily(tx, id)
    if (family?.status === 'active') await notifyStaff(tx, deps, { family, kind, subjectId: memberId, now })
  }
  const urgent = kind === 'hidden-alarm' ? { priority: highPriority } : {}
  if (who?.openRequest)
    await deps.enqueue(tx, 'staff-news', { requestId: who.openRequest.id, news: kind }, urgent)
}

/** Jobs that wait until the person is back: what else is said to a family is a push, and held. */
const waitingJob = z.discriminatedUnion('queue', [
  z.object({ queue: z.literal('family-notice'), payload: queues['family-notice'] }),
  z.object({ queue: z.literal('account-notice'), payload: queues['account-notice'] }),
  z.object({ queue: z.literal('visit-card-refresh'), payload: queues['visit-card-refresh'] }),
])
export type WaitingForReturn = z.infer<typeof waitingJob>

/** Leaves a job until the person is back; returns false if they are. */
export const waitForReturn = (tx: Tx, personId: string, job: WaitingForReturn): Promise<boolean> =>
  leaveWaiting(tx, personId, job)

/** The person is back: what waited for them comes, once. Idempotent. */
export const comeBack = async (
  tx: Tx,
  deps: Pick<Deps, 'sealer' | 'enqueue'>,
  { account, personId, now }: { account: string; personId: string | null; now: Date },
): Promise<void> => {
  const waiting = await deleteHidden(tx, deps.sealer, { account, personId })
  if (waiting === null || personId === null) return
  for (const job of z.array(waitingJob).parse(waiting)) await deps.enqueue(tx, job.queue, job.payload)
  await summariseHeld(tx, deps, { personId, now })
}
