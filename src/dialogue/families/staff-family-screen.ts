import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { defineScreen, turnPage } from '#dialogue/screen.ts'
import { staffRights } from '#features/families/family-access.ts'
import { caseloadOf, familyCase, familyNames } from '#features/families/caseload.ts'
import { ofFamily } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { caseloadView, familyCaseView, familyNamesView } from './staff-family-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    caseload: z.infer<typeof caseloadState>
    'family-case': z.infer<typeof familyCaseState>
  }
  interface Links {
    'f-list': 'caseload'
    'f-card': 'family-case'
    'f-names': 'family-case'
  }
}

const pageSize = 8

const caseloadState = z.object({ page: z.number().int().min(0).optional() })

/** The caseload of a member of staff. */
export const caseloadScreen = defineScreen({
  name: 'caseload',
  state: caseloadState,
  aside: true,
  varies: ['page'],
  links: { 'f-list': ({ who }) => ({ to: { name: who?.staff?.active ? 'caseload' : 'home' } }) },
  draw: async (turn, { page = 0 }) => {
    const { deps, who, builder } = turn
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await caseloadOf(deps.database, deps.region, { staff: who.staff, page, size: pageSize })
    return caseloadView(builder, { ...found, page, region: deps.region })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

const familyCaseState = z.object({ familyId: z.uuid(), part: z.enum(['card', 'names']).optional() })

/** One family on the live card. Every access to its names is audited. */
export const familyCaseScreen = defineScreen({
  name: 'family-case',
  state: familyCaseState,
  aside: true,
  links: {
    'f-card': ofFamily((familyId) => ({ name: 'family-case', familyId })),
    'f-names': ofFamily((familyId) => ({ name: 'family-case', familyId, part: 'names' })),
  },
  draw: async (turn, { familyId, part = 'card' }) => {
    const { deps, who, now, builder } = turn
    const of = { staff: who?.staff, familyId, now }
    const { region } = deps
    if (part === 'names') {
      const named = await deps.database.transaction((tx) => familyNames(tx, deps.sealer, of))
      return familyNamesView(builder, { ...named, safety: await readSafety(turn, familyId), region, now })
    }
    const asks = who?.staff?.role === 'supervisor'
    const found = await familyCase(deps.database, of)
    const safety = await readSafety(turn, familyId)
    const rights = await staffRights(deps.database, who?.staff, found.family, { now })
    const inCharge = rights.has('charge')
    return familyCaseView(builder, { ...found, safety, region, now, asks, inCharge })
  },
})
