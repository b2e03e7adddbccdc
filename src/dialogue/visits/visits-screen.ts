import type { Screen } from '#dialogue/screen.ts'
import { visitsView } from './visits-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { visitsForMember } from '#features/visits/visits-for-member.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'

/** The family's next visits: those that are for this member. */
export const visitsScreen: Screen<'visits'> = {
  draw: async ({ deps, who, session, say, now }, { familyId = session.familyId, page = 0 }) => {
    const { family, visits, ...pages } = await visitsForMember(deps.database, who, { familyId, page, now })
    const names = await namesOfStaff(
      deps.database,
      visits.map(({ staffId }) => staffId),
    )
    return visitsView(createPen(say, session.revision), {
      visits: visits.map((visit) => ({ ...visit, comes: names.get(visit.staffId) ?? '' })),
      familyId: family.id,
      ...pages,
      timeZone: deps.region.timeZone,
      now,
    })
  },
  tap: (_, state, tap) => {
    if (tap.action === 'back' && !state.direct) return { to: { name: 'home' } }
    return tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)
      ? { to: { ...state, page: Number(tap.arg) } }
      : null
  },
}
