import { DomainError } from '#core/errors.ts'
import type { Screen } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { caseloadView, familyCaseView, familyNamesView } from './staff-family-view.ts'
import { caseloadOf, familyCase, familyNames } from '#features/families/caseload.ts'

const pageSize = 8

/** The families that a member of staff looks after. */
export const caseloadScreen: Screen<'caseload'> = {
  draw: async (turn, { page = 0 }) => {
    const { deps, who, say, session } = turn
    if (!who?.staff?.active) throw new DomainError('not-found')
    const found = await caseloadOf(deps.database, deps.region, { staff: who.staff, page, size: pageSize })
    return caseloadView(createPen(say, session.revision), { ...found, page, region: deps.region })
  },
  tap: (_, __, tap) =>
    tap.action === 'page' && /^\d{1,4}$/.test(tap.arg)
      ? { to: { name: 'caseload', page: Number(tap.arg) } }
      : null,
}

/** One family on the live card. Drawing its names is a sight, and audited each time. */
export const familyCaseScreen: Screen<'family-case'> = {
  draw: async (turn, { familyId, part = 'card' }) => {
    const { deps, who, say, session, now } = turn
    const pen = createPen(say, session.revision)
    const of = { staff: who?.staff, familyId, now }
    if (part === 'names')
      return familyNamesView(pen, await deps.database.transaction((tx) => familyNames(tx, deps.sealer, of)))
    const asks = who?.staff?.role === 'supervisor'
    const found = await familyCase(deps.database, of)
    return familyCaseView(pen, { ...found, region: deps.region, now, asks })
  },
}
