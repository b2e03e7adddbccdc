import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { pageOfFamilies, pageOfRequests } from '#features/worklist/open-work.ts'
import { familiesView, requestsView } from './mine-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    mine: z.infer<typeof pageState>
    caseload: z.infer<typeof pageState>
  }
  interface Links {
    mine: 'mine'
    'f-list': 'caseload'
  }
}

const pageSize = 6

const pageState = z.object({ page: z.number().int().min(0).optional() })

/** «Мои обращения»: what a specialist has taken or is to take; for supervisors everybody's. Curators have families. */
export const mineScreen = defineScreen({
  name: 'mine',
  state: pageState,
  aside: true,
  varies: ['page'],
  links: { mine: (turn) => openMine(turn) },
  commands: { mine: { description: 'worklist.command', menus: { staff: 1 }, run: (turn) => openMine(turn) } },
  draw: async ({ deps, who, now, builder }, { page = 0 }) => {
    const staff = who?.staff
    if (!staff?.active) throw new DomainError('not-found')
    const found = await pageOfRequests(deps, { staff, now, page, size: pageSize })
    return requestsView(builder, { found, all: staff.role === 'supervisor', region: deps.region, now })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

/** «Мои семьи»: a curator's own, for supervisors all of their territories, for intake those without anybody. */
export const caseloadScreen = defineScreen({
  name: 'caseload',
  state: pageState,
  aside: true,
  varies: ['page'],
  links: { 'f-list': ({ who }) => ({ to: { name: who?.staff?.active ? 'caseload' : 'home' } }) },
  draw: async ({ deps, who, now, builder }, { page = 0 }) => {
    const staff = who?.staff
    if (!staff?.active) throw new DomainError('not-found')
    const found = await pageOfFamilies(deps, { staff, now, page, size: pageSize })
    return familiesView(builder, { found, all: staff.role === 'supervisor', region: deps.region, now })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

const openMine = ({ who, say }: Turn): Step => {
  if (!who?.staff?.active) return { to: { name: 'home' }, notice: say.t('card.unknownCommand') }
  return { to: { name: who.staff.role === 'curator' ? 'caseload' : 'mine' } }
}
