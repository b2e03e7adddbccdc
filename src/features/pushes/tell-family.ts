import type { TargetAudience } from '#features/families/audience.ts'
import { canSee } from '#features/families/audience.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { insertPushes, type PushKind } from '#storage/pushes/pushes.ts'

type FamilyNews = {
  familyId: string
  /** For whom it is, or the only member whom it concerns. */
  to: TargetAudience | { memberId: string }
  kind: PushKind
  /** The visit or message that it is about, and its version now. */
  subjectId?: string
  version?: number
  /** Told at any hour. */
  urgent?: boolean
  /** What is told once, whatever is repeated: `stage.contract`, `visit-moved.<id>.2`. */
  key: string
  now: Date
}

const whole: TargetAudience = { audience: 'family', memberIds: [] }
export const wholeFamily = whole

/**
 * Tells the members of a family who have joined and may see it, in the caller's transaction: each is pushed once for
 * each `key`, when they may be (features/pushes/judge.ts), and the words give away no more than they allow.
 */
export const notifyFamily = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { familyId, to, kind, subjectId, version, urgent = false, key, now }: FamilyNews,
): Promise<void> => {
  const members = await membersOf(tx, familyId)
  const concerned = members.filter((member) =>
    'memberId' in to ? member.id === to.memberId : canSee({ memberId: member.id, role: member.role }, to),
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
  for (const { id: pushId } of await insertPushes(tx, pushes)) await enqueue(tx, 'push', { pushId })
}
