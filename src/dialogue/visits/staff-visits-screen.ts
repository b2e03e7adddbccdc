import { DomainError } from '#core/errors.ts'
import type { Screen } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { familyVisitsView, ownVisitsView } from './staff-visits-view.ts'
import { familyVisits, upcomingVisitsOfStaff } from '#features/visits/visit-lists-for-staff.ts'

const pageNumber = /^\d{1,3}$/

/** «My visits»: what this member of staff has ahead. */
export const myVisitsScreen: Screen<'my-visits'> = {
  draw: async ({ deps, who, say, session, now }, { page = 0 }) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await upcomingVisitsOfStaff(deps.database, who.staff.id, { page, now })
    const { timeZone } = deps.region
    return ownVisitsView(createPen(say, session.revision), { ...found, timeZone, now })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && pageNumber.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null,
}

export const familyVisitsScreen: Screen<'f-visits'> = {
  draw: async ({ deps, who, say, session, now }, { familyId, page = 0 }) => {
    const { family, ...found } = await familyVisits(deps.database, who?.staff, { familyId, page, now })
    const { timeZone } = deps.region
    return familyVisitsView(createPen(say, session.revision), {
      ...found,
      family,
      timeZone,
      now,
    })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && pageNumber.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null,
}
