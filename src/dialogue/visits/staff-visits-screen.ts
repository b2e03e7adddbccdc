import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { readSafety } from '#dialogue/families/read-safety.ts'
import { byId, defineScreen, turnPage } from '#dialogue/screen.ts'
import { cadenceOfFamily } from '#features/visits/cadence-of-family.ts'
import { familyVisits, upcomingVisitsOfStaff } from '#features/visits/visit-lists-for-staff.ts'
import { familyVisitsView, ownVisitsView } from './staff-visits-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'my-visits': z.infer<typeof myVisitsState>
    'f-visits': z.infer<typeof fVisitsState>
  }
  interface Links {
    'my-visits': 'my-visits'
    'f-visits': 'f-visits'
  }
}

const myVisitsState = z.object({ page: z.number().int().min(0).optional() })

/** «My visits»: the upcoming visits of a member of staff. */
export const myVisitsScreen = defineScreen({
  name: 'my-visits',
  state: myVisitsState,
  aside: true,
  varies: ['page'],
  links: { 'my-visits': () => ({ to: { name: 'my-visits' } }) },
  draw: async ({ deps, who, now, builder }, { page = 0 }) => {
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await upcomingVisitsOfStaff(deps.database, who.staff.id, { page, now })
    const { timeZone } = deps.region
    return ownVisitsView(builder, { ...found, timeZone, now })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

const fVisitsState = z.object({ familyId: z.uuid(), page: z.number().int().min(0).optional() })

export const familyVisitsScreen = defineScreen({
  name: 'f-visits',
  state: fVisitsState,
  aside: true,
  varies: ['page'],
  links: { 'f-visits': byId((_, familyId) => ({ to: { name: 'f-visits', familyId } })) },
  draw: async (turn, { familyId, page = 0 }) => {
    const { deps, who, now, builder } = turn
    const { family, ...found } = await familyVisits(deps.database, who?.staff, { familyId, page, now })
    const { timeZone } = deps.region
    const cadence = page === 0 ? await cadenceOfFamily(deps.database, deps.region, family, now) : null
    return familyVisitsView(builder, {
      ...found,
      cadence,
      family,
      open: family.closedAt === null,
      safety: await readSafety(turn, familyId),
      timeZone,
      now,
    })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})
