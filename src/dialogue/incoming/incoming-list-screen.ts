import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { incomingOfFamily, openIncomingForStaff } from '#features/incoming/incoming-for-staff.ts'
import { incomingListView } from './incoming-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'incoming-list': z.infer<typeof incomingListState>
  }
  interface Links {
    'in-list': 'incoming-list'
    'f-incoming': 'incoming-list'
  }
}

/** `familyId`: those about this family; otherwise what nothing became of yet. `after`: the last number of the page before. */
const incomingListState = z.object({ familyId: z.uuid().optional(), after: z.int().optional() })

const pageSize = 9

/** Messages about families, newest first, without their words. */
export const incomingListScreen = defineScreen({
  name: 'incoming-list',
  state: incomingListState,
  aside: true,
  varies: ['after'],
  links: {
    'in-list': ({ who }) => ({
      to: { name: who?.staff?.active && who.staff.role !== 'curator' ? 'incoming-list' : 'home' },
    }),
    'f-incoming': ofFamilyInCharge((familyId) => ({ name: 'incoming-list', familyId })),
  },
  draw: async ({ deps, who, now, builder }, { familyId, after }) => {
    const as = { staff: who?.staff, now }
    if (!as.staff?.active) throw new DomainError('not-found')
    const found =
      familyId === undefined
        ? await openIncomingForStaff(deps.database, { ...as, after, limit: pageSize + 1 })
        : await incomingOfFamily(deps.database, { ...as, familyId, limit: pageSize })
    const items = found.slice(0, pageSize)
    const next = found.length > items.length ? (items.at(-1)?.number ?? null) : null
    return incomingListView(builder, { items, next, familyId, region: deps.region, now })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && /^\d{1,9}$/.test(tap.arg) ? { to: { ...state, after: Number(tap.arg) } } : null,
})
