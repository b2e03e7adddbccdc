import type { About, Turn } from '#dialogue/screen.ts'
import { visitForMember } from '#features/visits/visits-for-member.ts'

/** Words beside a visit's buttons are about that visit. Throws `not-found` if the person may not see it. */
export const aboutVisit = async ({ deps, who }: Turn, visitId: string): Promise<About> => {
  const { visit } = await visitForMember(deps.database, who, visitId)
  return { kind: 'family', familyId: visit.familyId, visitId }
}
