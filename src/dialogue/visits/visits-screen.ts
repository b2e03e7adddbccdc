import { z } from 'zod'
import { defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { visitsForMember } from '#features/visits/visits-for-member.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { direct, directIn } from './direct.ts'
import { visitsView } from './visits-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    visits: z.infer<typeof visitsState>
  }
  interface Links {
    visits: 'visits'
  }
}

const visitsState = z.object({
  familyId: z.uuid().optional(),
  page: z.number().int().min(0).optional(),
  direct,
})

/** The family's next visits that this member may see. */
export const visitsScreen = defineScreen({
  name: 'visits',
  state: visitsState,
  aside: true,
  varies: ['page', 'direct'],
  links: {
    visits: (turn, arg) => {
      const familyId = z.uuid().safeParse(arg).data
      return { to: { name: 'visits', ...(familyId && { familyId }), ...directIn(turn) } }
    },
  },
  commands: {
    visits: {
      description: 'commands.visits',
      menus: { staff: 4, family: 1 },
      run: (turn) => openVisits(turn),
    },
  },
  about: (_, { familyId }) => (familyId === undefined ? null : { kind: 'family', familyId }),
  draw: async ({ deps, who, session, now, builder }, { familyId = session.familyId, page = 0 }) => {
    const { family, visits, ...pages } = await visitsForMember(deps.database, who, { familyId, page, now })
    const names = await namesOfStaff(
      deps.database,
      visits.map(({ staffId }) => staffId),
    )
    return visitsView(builder, {
      visits: visits.map((visit) => ({ ...visit, comes: names.get(visit.staffId) ?? '' })),
      familyId: family.id,
      ...pages,
      timeZone: deps.region.timeZone,
      now,
    })
  },
  tap: (_, state, tap) => {
    if (tap.action === 'back' && !state.direct) return { to: { name: 'home' } }
    return turnPage(state, tap)
  },
})

/** `/visits`: the visits of a member of staff, or those to the person's family. */
const openVisits = (turn: Turn): Step => ({
  to:
    turn.who?.staff?.active && turn.who.families.length === 0
      ? { name: 'my-visits' }
      : { name: 'visits', ...directIn(turn) },
})
