import { absentAt } from '#storage/staff/absences.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { findStaff, type JoinedMember } from '#storage/staff/staff.ts'

/** The family's curator, where one is named who works, is not away and can be written to; null: nobody is there. */
export const availableCurator = async (
  reader: Reader,
  { curatorId }: Pick<Family, 'curatorId'>,
  now: Date,
): Promise<JoinedMember | null> => {
  const curator = curatorId === null ? null : await findStaff(reader, curatorId)
  if (!curator?.active || curator.unreachableSince !== null) return null
  if ((await absentAt(reader, now)).has(curator.id)) return null
  const { personId } = curator
  return personId === null ? null : { ...curator, personId }
}
