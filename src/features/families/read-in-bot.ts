import type { Reader } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { canSee, type TargetAudience, viewerOf } from './audience.ts'

/** Whether anybody of the family is in the bot and sees it there; if not, staff must not rely on it. */
export const isReadInBot = async (
  reader: Reader,
  familyId: string,
  target: TargetAudience = { audience: 'family', memberIds: [] },
): Promise<boolean> =>
  (await membersOf(reader, familyId)).some(
    (member) => member.personId !== null && canSee(viewerOf(member), target),
  )
