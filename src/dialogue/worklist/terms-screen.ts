import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, turnPage } from '#dialogue/screen.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { termsForStaff } from '#features/cases/terms-for-staff.ts'
import { termsView } from './terms-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    terms: z.infer<typeof termsState>
  }
  interface Links {
    terms: 'terms'
  }
}

const shows = ['due', 'overdue', 'all'] as const
const termsState = z.object({ show: z.enum(shows).optional(), page: z.number().int().min(0).optional() })
const pageSize = 6

/** «Сроки»: what is due of one's own families, for supervisors of all of their territories. */
export const termsScreen = defineScreen({
  name: 'terms',
  state: termsState,
  aside: true,
  varies: ['page', 'show'],
  links: { terms: ({ who }) => ({ to: { name: who?.staff?.active ? 'terms' : 'home' } }) },
  draw: async ({ deps, who, now, builder }, { show = 'due', page = 0 }) => {
    const staff = who?.staff
    if (!staff?.active) throw new DomainError('not-found')
    const terms = await termsForStaff(deps, { staff, show, now })
    const { region } = deps
    const today = dayOfMoment(region, now)
    return termsView(builder, { terms, today, show, page, size: pageSize, region, now })
  },
  tap: (_, state, tap) => {
    const show = tap.action === 'set' && shows.find((one) => one === tap.arg)
    return show ? { to: { name: 'terms', show } } : turnPage(state, tap)
  },
})
