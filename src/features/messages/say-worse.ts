import { notifyStaff } from '#features/families/notify-staff.ts'
import { promiseReading } from '#features/promises/promise.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import { expectedReader } from './messages-for-staff.ts'
import { addMemberLine, type WriteDeps } from './write-message.ts'

/**
 * A member says after the end of support that it has become worse: it stands in their conversation, whoever reads it is told at once,
 * and that it will be read is promised as for any other word.
 */
export const sayWorse = async (
  tx: Tx,
  deps: WriteDeps,
  {
    family,
    memberId,
    role,
    text,
    now,
  }: { family: Family; memberId: string; role: MemberRole; text: string; now: Date },
): Promise<void> => {
  await addMemberLine(tx, deps, { family, memberId, role, text, file: null, quiet: true, now })
  const talk = await talkApartOf(tx, memberId)
  const reading = await expectedReader(tx, deps.region, talk ? { curatorId: null } : family, now)
  await promiseReading(tx, { memberId }, { wants: 'reading', reading, now })
  await notifyStaff(tx, deps, { family, kind: 'after-worse', subjectId: memberId, now })
}
