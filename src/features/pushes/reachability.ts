import { announce } from '#features/webhooks/announce.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import {
  setPersonUnreachable,
  membershipsOf,
  personIdOf,
  setPersonReachable,
} from '#storage/pushes/push-reach.ts'
import type { Sealer } from '#storage/seal.ts'
import { holdPushes, insertPushes, pushesOf } from '#storage/pushes/pushes.ts'

const soonSeconds = 2

/**
 * Marks a person unreachable: their pushes are held until they write to the bot, and the curators of their
 * families are notified once. Idempotent.
 */
export const markMemberUnreachable = async (
  tx: Tx,
  deps: { enqueue: Enqueue; region: Region },
  { personId, now }: { personId: string; now: Date },
): Promise<void> => {
  const first = await setPersonUnreachable(tx, personId, now)
  await holdPushes(tx, personId, now)
  if (!first) return
  for (const { id: memberId, familyId, role } of await membershipsOf(tx, personId)) {
    const family = await findFamily(tx, familyId)
    if (family?.status !== 'active') continue
    await notifyStaff(tx, deps, { family, kind: 'unreachable', subjectId: memberId, now })
    await announce(tx, deps, {
      type: 'family.unreachable',
      now,
      requestId: null,
      familyId,
      data: { memberId, role },
    })
  }
}

/** The same by account; does nothing if the account is unknown. */
export const markAccountUnreachable = async (
  tx: Tx,
  deps: { enqueue: Enqueue; region: Region; sealer: Sealer },
  { account, now }: { account: string; now: Date },
): Promise<void> => {
  const personId = await personIdOf(tx, deps.sealer, account)
  if (personId !== null) await markMemberUnreachable(tx, deps, { personId, now })
}

/** Marks a person reachable after they write to the bot; what was held is sent once, as a summary. */
export const markMemberReachable = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  about: { personId: string; now: Date },
): Promise<void> => {
  if (await setPersonReachable(tx, about.personId)) await summariseHeld(tx, deps, about)
}

/** Sends what was held for a person who is back, once and as a summary. */
export const summariseHeld = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { personId, now }: { personId: string; now: Date },
): Promise<void> => {
  if ((await pushesOf(tx, personId, 'held')).length === 0) return
  const push = {
    key: `missed.${personId}.${now.toISOString()}`,
    personId,
    familyId: null,
    kind: 'missed',
    subjectId: null,
    version: null,
    // They are active now: quiet hours do not apply, an open question does.
    urgent: true,
    at: now,
  } as const
  // Delayed so that it appears below the card that answers their action.
  for (const { id: pushId } of await insertPushes(tx, [push]))
    await enqueue(tx, 'push', { pushId }, { startAfter: soonSeconds })
}
