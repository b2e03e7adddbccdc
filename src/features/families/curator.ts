import { absentAt } from '#storage/staff/absences.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { findStaff, type JoinedMember } from '#storage/staff/staff.ts'

/** The family's curator, if they are active, present and reachable; null otherwise. */
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
