import { z } from 'zod'
import { byId, defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { keepByReading } from '#features/promises/promise.ts'
import { caseDetails } from '#features/requests/case-contents.ts'
import { caseForStaff, requestForStaff } from '#features/requests/cases.ts'
import { oversightOf } from '#features/requests/oversight.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { setOpenCase } from '#storage/requests/open-cases.ts'
import { markCalled, openFile, showContact, takeCase } from './staff-case-actions.ts'
import { caseView } from './staff-case-view.ts'
import { detailsView, storyView } from './staff-story-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    case: z.infer<typeof caseState>
  }
  interface Links {
    take: 'case'
    details: 'case'
    story: 'case'
    card: 'case'
    contact: 'case'
    called: 'case'
  }
}

/** A supervisor says first why they open what somebody else has taken. */
const withReason =
  (open: (turn: Turn, requestId: string) => Promise<Step> | Step) =>
  async (turn: Turn, requestId: string): Promise<Step> => {
    const { deps, who, now } = turn
    const request = await requestForStaff(deps.database, who?.staff, requestId)
    if (who?.staff && (await oversightOf(deps.database, who.staff, request, now)) === 'needed')
      return { to: { name: 'oversee', requestId } }
    return open(turn, requestId)
  }

const caseState = z.object({
  requestId: z.uuid(),
  part: z.enum(['card', 'details', 'story']).optional(),
  page: z.number().int().min(0).optional(),
})

/** One request on a staff member's live card. Every access to its details is audited. */
export const caseScreen = defineScreen({
  name: 'case',
  state: caseState,
  aside: true,
  varies: ['page'],
  links: {
    take: byId(takeCase),
    contact: byId(withReason(showContact)),
    called: byId(markCalled),
    card: byId((_, requestId) => ({ to: { name: 'case', requestId } })),
    details: byId(withReason((_, requestId) => ({ to: { name: 'case', requestId, part: 'details' } }))),
    story: byId(withReason((_, requestId) => ({ to: { name: 'case', requestId, part: 'story' } }))),
  },
  draw: async (turn, { requestId, part = 'card', page = 0 }) => {
    const { deps, who, say, now, builder } = turn
    const staff = who?.staff
    if (part === 'card') {
      const request = await caseForStaff(deps.database, deps.sealer, staff, requestId, now)
      const staffId = staff?.id ?? ''
      await auditFlags(deps.database, { requests: [request], staffId, now })
      // Somebody else may take it while it is on this card.
      if (request.status === 'submitted' && staff)
        await setOpenCase(deps.database, { staffId, requestId, at: now })
      const view = caseView(builder, { request, region: deps.region, now, staffId })
      return builder.card(view.screen, view.html, [
        ...view.rows,
        [
          builder.link(say.label('home.queue'), 'queue'),
          builder.link(say.label('worklist.buttons.mine'), 'mine'),
        ],
      ])
    }
    const { request, seen } = await deps.database.transaction(async (tx) => {
      const opened = await caseDetails(tx, deps.sealer, { staff, requestId, now })
      // The family's notes stand in the story.
      if (part === 'story' && opened.seen.all) await keepByReading(tx, { requestId }, now)
      return opened
    })
    const facts = { request, region: deps.region, now, ...seen }
    return part === 'details' ? detailsView(builder, facts) : storyView(builder, { ...facts, page })
  },
  tap: (turn, state, tap) =>
    turnPage(state, tap) ?? (tap.action === 'file' ? openFile(turn, state, tap.arg) : null),
})
