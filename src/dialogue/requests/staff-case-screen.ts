import type { Screen } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { caseView, detailsView, storyView } from './staff-case-view.ts'
import { caseDetails, caseForStaff } from '#features/requests/cases.ts'

/** One request on the live card of a staff member. Drawing its details is a sight, and audited each time. */
export const caseScreen: Screen<'case'> = {
  draw: async (turn, { requestId, part = 'card', page = 0 }) => {
    const { deps, who, say, now, session } = turn
    const pen = createPen(say, session.revision)
    const staff = who?.staff
    if (part === 'card') {
      const request = await caseForStaff(deps.database, staff, requestId)
      const view = caseView(pen, { request, region: deps.region, now, staffId: staff?.id ?? '' })
      return pen.card(view.screen, view.html, [...view.rows, [pen.link(say.label('home.queue'), 'queue')]])
    }
    const { request, seen } = await deps.database.transaction((tx) =>
      caseDetails(tx, deps.sealer, { staff, requestId, now }),
    )
    const facts = { request, region: deps.region, now, ...seen }
    return part === 'details' ? detailsView(pen, facts) : storyView(pen, { ...facts, page })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && /^\d{1,3}$/.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null,
}
