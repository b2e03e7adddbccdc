import { notifyStaff } from '#features/families/notify-staff.ts'
import { promiseReading } from '#features/promises/promise.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { expectedReader } from './messages-for-staff.ts'
import { talkApart } from './talk-apart.ts'
import { addMemberLine, type WriteDeps } from './write-message.ts'

/**
 * A member asks for another curator: their conversation is kept from this one from now on, the supervisors are told, and that it will be
 * read is promised. `forFamily`: the family's word; else it is an ordinary message of theirs, which the supervisors read.
 */
export const askForAnother = async (
  tx: Tx,
  deps: WriteDeps,
  {
    family,
    memberId,
    role,
    curatorId,
    text,
    forFamily,
    now,
  }: {
    family: Family
    memberId: string
    role: MemberRole
    curatorId: string
    text: string
    forFamily: boolean
    now: Date
  },
): Promise<void> => {
  await talkApart(tx, { familyId: family.id, memberId, curators: [curatorId], now })
  const line = { family, memberId, role, text, file: null, now }
  if (!forFamily) return void (await addMemberLine(tx, deps, line))
  await addMemberLine(tx, deps, { ...line, quiet: true })
  const reading = await expectedReader(tx, deps.region, { ...family, curatorId: null }, now)
  await promiseReading(tx, { memberId }, { wants: 'reading', reading, now })
  await notifyStaff(tx, deps, { family, kind: 'curator-declined', subjectId: memberId, now })
}
