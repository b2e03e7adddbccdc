import { DomainError } from '#core/errors.ts'
import { fileMinutes } from '#dialogue/messages/compose-message.ts'
import { fileView } from '#dialogue/messages/messages-view.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { View } from '#dialogue/view.ts'
import { isUnderTens } from '#features/requests/vital-interest.ts'
import { caseContact, caseFile } from '#features/requests/case-contents.ts'
import { type Case, caseForStaff, claimCase } from '#features/requests/cases.ts'
import { noteCall } from '#features/requests/note-call.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { openAccount } from '#storage/accounts.ts'
import { personOf } from '#storage/people.ts'
import { contactView } from './contact-view.ts'
import { addresseeOf, caseView } from './staff-case-view.ts'

/** How long a contact stays in the specialist's chat (minutes). */
export const contactMinutes = 10

/** Claims the request of the tapped card. One that somebody else has claimed meanwhile is shown as it is. */
export const takeCase = async (turn: Turn, requestId: string): Promise<Step> => {
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
  const request = await caseForStaff(deps.database, deps.sealer, staff, requestId, now)
  return { ...(await inPlace(turn, requestId)), toast: say.label(`case.youTook.${whoLearns(request)}`) }
}

/** Who called, and who wrote about another family, reads no name; of what a child wrote the family learns nothing. */
const whoLearns = (request: Case): 'family' | 'minor' | 'quiet' => {
  const addressee = addresseeOf(request)
  return request.source !== 'bot' || addressee === 'outsider' ? 'quiet' : addressee
}

/** Shows the family's contact for a while, beside the live card; every access is audited. */
export const showContact = async (turn: Turn, requestId: string): Promise<Step> => {
  const { deps, who, now, session, builder } = turn
  const { request, seen, merged, joiner } = await turn.once((tx) =>
    caseContact(tx, deps.sealer, { staff: who?.staff, requestId, now }),
  )
  const view = contactView(builder, {
    request,
    region: deps.region,
    contact: seen,
    merged,
    joiner,
    minutes: contactMinutes,
    account: isUnderTens(request) ? await accountOfPerson(deps, request.personId) : null,
  })
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: contactMinutes } }
}

/** Notes that the specialist has spoken with the family. */
export const markCalled = async (turn: Turn, requestId: string): Promise<Step> => {
  const { who, now, say } = turn
  await turn.once((tx) => noteCall(tx, { staff: who?.staff, requestId, now }))
  return { ...(await inPlace(turn, requestId)), toast: say.label('case.calledDone') }
}

/** Plays or shows a file of the story or of a note for a while, beside the live card; every access is audited. */
export const openFile = async (
  turn: Turn,
  { requestId }: StateOf<'case'>,
  key: string,
): Promise<Step | null> => {
  const [, from, nth, place] = /^(?:([ns])|d(\d{1,2})x)(\d{1,18})$/.exec(key) ?? []
  if (!place) return null
  const { deps, who, now, session, builder } = turn
  const story = Number(place)
  const which = from === 'n' ? { note: place } : from === 's' ? { story } : { story, of: Number(nth) }
  const asked = { staff: who?.staff, requestId, now, which }
  const file = await deps.database.transaction((tx) => caseFile(tx, deps.sealer, asked))
  const view = fileView(builder, file, fileMinutes)
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}

/** Redraws the tapped card, which need not be the live card. */
const inPlace = async (turn: Turn, requestId: string): Promise<Step> => {
  const { event } = turn.input
  if (event.kind === 'tap' && event.messageId === turn.session.cardId)
    return { to: { name: 'case', requestId } }
  turn.session.acted = { requestId, at: turn.now.getTime() }
  return { to: turn.session.screen, still: true, tapped: await caseCard(turn, requestId) }
}

/** The current card of a request for this member of staff. */
const caseCard = async ({ deps, who, now, builder }: Turn, requestId: string): Promise<View> => {
  const request = await caseForStaff(deps.database, deps.sealer, who?.staff, requestId, now)
  const staffId = who?.staff?.id ?? ''
  await auditFlags(deps.database, { requests: [request], staffId, now })
  return caseView(builder, { request, region: deps.region, now, staffId })
}

const accountOfPerson = async (
  { database, sealer }: Turn['deps'],
  personId: string,
): Promise<string | null> => {
  const person = await personOf(database, personId)
  return person && openAccount(sealer, person.account)
}
