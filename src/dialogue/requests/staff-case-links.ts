import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { caseView, contactView } from './staff-case-view.ts'
import {
  caseContact,
  caseForStaff,
  claimCase,
  claimedCaseFor,
  mustBeAllowedToPassOn,
} from '#features/requests/cases.ts'

/** Buttons that name a request: they stand on its card in every chat, and are judged by its state of now. */
const caseActions = ['take', 'pass', 'details', 'story', 'card', 'contact', 'write'] as const
type CaseAction = (typeof caseActions)[number]

export const isCaseLink = (action: Action): action is CaseAction =>
  (caseActions as readonly string[]).includes(action)

/** Null: the button was made by hand, and names nothing. */
export const followCaseLink = async (
  turn: Turn,
  action: CaseAction,
  requestId: string,
): Promise<Step | null> => (z.uuid().safeParse(requestId).success ? links[action](turn, requestId) : null)

/** How long a contact stays in the specialist's chat. */
const contactMinutes = 10

const links: Record<CaseAction, (turn: Turn, requestId: string) => Promise<Step>> = {
  take: async (turn, requestId) => {
    const { deps, who, now, say } = turn
    const staff = who?.staff
    try {
      await turn.once((tx) => claimCase(tx, deps, { staff, requestId, now }))
    } catch (error) {
      if (
        !(error instanceof DomainError) ||
        (error.code !== 'already-claimed' && error.code !== 'already-closed')
      )
        throw error
      return { ...(await inPlace(turn, requestId)), toast: say.label('case.tooLate') }
    }
    return { ...(await inPlace(turn, requestId)), toast: say.label('case.youTook') }
  },
  pass: async (turn, requestId) => {
    await mustBeAllowedToPassOn(turn.deps.database, turn.who?.staff, requestId)
    return elsewhere(turn, { to: { name: 'pass-on', requestId } })
  },
  write: async (turn, requestId) => {
    await claimedCaseFor(turn.deps.database, turn.who?.staff, requestId)
    return elsewhere(turn, { to: { name: 'write', requestId } })
  },
  details: async (turn, requestId) => elsewhere(turn, { to: { name: 'case', requestId, part: 'details' } }),
  story: async (turn, requestId) => elsewhere(turn, { to: { name: 'case', requestId, part: 'story' } }),
  card: async (turn, requestId) => elsewhere(turn, { to: { name: 'case', requestId } }),
  contact: async (turn, requestId) => {
    const { deps, who, now, session, say } = turn
    const { request, seen } = await turn.once((tx) =>
      caseContact(tx, deps.sealer, { staff: who?.staff, requestId, now }),
    )
    const view = contactView(createPen(say, session.revision), {
      request,
      region: deps.region,
      contact: seen,
      minutes: contactMinutes,
    })
    return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: contactMinutes } }
  },
}

/** The tapped card itself changes; the live card is another message, unless it is this one. */
const inPlace = async (turn: Turn, requestId: string): Promise<Step> => {
  const { event } = turn.input
  if (event.kind === 'tap' && event.messageId === turn.session.cardId)
    return { to: { name: 'case', requestId } }
  return { to: turn.session.screen, still: true, tapped: await caseCard(turn, requestId) }
}

/** A request's card for this staff member, as it is now. */
const caseCard = async ({ deps, who, say, now, session }: Turn, requestId: string): Promise<View> => {
  const request = await caseForStaff(deps.database, who?.staff, requestId)
  return caseView(createPen(say, session.revision), {
    request,
    region: deps.region,
    now,
    staffId: who?.staff?.id ?? '',
  })
}

const elsewhere = ({ input, session }: Turn, step: Step): Step =>
  input.event.kind === 'tap' && input.event.messageId !== session.cardId ? { ...step, fresh: true } : step
