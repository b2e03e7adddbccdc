import type { About, Turn } from '#dialogue/screen.ts'
import { activityRowForMember } from '#features/plan/plan-for-member.ts'

/** Words beside an activity's buttons are about it. Throws `not-found` if the person may not see it. */
export const aboutActivity = async ({ deps, who }: Turn, activityId: string): Promise<About> => {
  const { family } = await activityRowForMember(deps.database, who, activityId)
  return { kind: 'family', familyId: family.id, activityId }
}
