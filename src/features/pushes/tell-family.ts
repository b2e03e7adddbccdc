import { canSee, type TargetAudience, viewerOf } from '#features/families/audience.ts'
import { type Enqueue, highPriority } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { insertPushes, type PushKind } from '#storage/pushes/pushes.ts'

type FamilyNews = {
  familyId: string
  /** The audience, or the only member concerned. */
  to: TargetAudience | { memberId: string }
  kind: PushKind
  /** The visit or message, and its current version. */
  subjectId?: string
  version?: number
  /** Ignores quiet hours. */
  urgent?: boolean
  /** Idempotency key: `stage.contract`, `visit-moved.<id>.2`. */
  key: string
  now: Date
}

export const wholeFamily: TargetAudience = { audience: 'family', memberIds: [] }

/**
 * Notifies the joined members of a family who may see the subject, in the caller's transaction. Each is
 * pushed once per `key`, at a time chosen by features/pushes/decide-push.ts, with no more detail than their
 * settings allow.
 */
export const notifyFamily = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { familyId, to, kind, subjectId, version, urgent = false, key, now }: FamilyNews,
): Promise<void> => {
  const members = await membersOf(tx, familyId)
  const concerned = members.filter((member) =>
    'memberId' in to ? member.id === to.memberId : canSee(viewerOf(member), to),
  )
  const pushes = concerned.flatMap(({ personId }) =>
    personId === null
      ? []
      : [
          {
            key: `${familyId}.${key}.${personId}`,
            personId,
            familyId,
            kind,
            subjectId: subjectId ?? null,
            version: version ?? null,
            urgent,
            at: now,
          },
        ],
  )
  for (const { id: pushId } of await insertPushes(tx, pushes))
    await enqueue(tx, 'push', { pushId }, urgent ? { priority: highPriority } : {})
}
