import { DomainError } from '#core/errors.ts'
import { leftOut } from '#features/routing/left-out.ts'
import type { Phrase } from '#features/routing/routing-reason.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import { type TogetherForStaff, togetherForStaff } from '#features/together/together-for-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { isHidden } from '#storage/hiding/hidden-chats.ts'
import type { Snapshot } from '#storage/people.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { duplicatesOf, keptOf } from '#storage/requests/duplicates.ts'
import { findRequest, lockRequest, type Request, type RequestSummary } from '#storage/requests/requests.ts'
import { hasCard } from '#storage/requests/staff-cards.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type AssignmentInfo, assignmentInfoOf } from './assignment-info.ts'
import { type CaseBlock, caseBlock } from './case-block.ts'
import { type OversightState, oversightOf } from './oversight.ts'
import { isHiddenFrom } from './note-apart.ts'
import { isUnderTens } from './vital-interest.ts'
import { type RequestRight, rightsToRequest } from './request-access.ts'
import { type ContactSafety, contactSafety, openContact } from './request-content.ts'
import type { StepDeps } from './request-step.ts'
import { claimRequest, mustHaveOthers, passOnRequest } from './request-transitions.ts'
import { concludeSafetyCheck, isCheckOpen, type SafetyOutcome } from './safety-check.ts'
import { calmRequest } from './urgency.ts'
import { reasonsOfRequest, type UrgentReason } from './urgent-reasons.ts'

export type Staff = NonNullable<Snapshot['staff']>

/** A request as shown on its staff card, without personal data. */
export type Case = RequestSummary &
  ContactSafety &
  AssignmentInfo &
  CaseBlock & {
    claimedBy: { id: string; name: string } | null
    notes: number
    passedOn: number
    /** Whether the request concerns the reader; if not, they saw it before and may follow its state. */
    concerns: boolean
    /** Withdrawn, and whether everybody is safe is still to be checked. */
    checkOpen: boolean
    /** Why it is urgent. */
    reasons: UrgentReason[]
    /** A child under ten has called an adult. */
    underTen: boolean
    /** The number of the closed request which it follows. */
    follows: string | null
    /** Numbers of those that are closed as its duplicates, and of which it is one itself. */
    merged: string[]
    duplicateOf: string | null
    /** Whether the reader may pass it on. */
    mayPassOn: boolean
    /** What else the reader may do with it. */
    rights: ReadonlySet<RequestRight>
    /** Of a waiting request, for supervisors: why the others do not have it. */
    leftOut: Phrase[]
    /** The applicant has hidden the chat: their silence is meant. */
    hidden: boolean
    /** Whether a supervisor has to say why they open it, because somebody else has it. */
    oversight: OversightState
    /** Who asks together with whoever made it: the state only. */
    together: TogetherForStaff | null
  }

/** Throws `not-found`, also for a request of another territory, so that its existence is not revealed. */
export const requestForStaff = async <R extends Reader>(
  reader: R,
  staff: Staff | null | undefined,
  requestId: string,
  find: (reader: R, id: string) => Promise<Request | null> = findRequest,
): Promise<Request> => {
  const request = await find(reader, requestId)
  if (!staff || !request || !(await isConcernOf(reader, staff, request))) throw new DomainError('not-found')
  return request
}

/** Also available to staff who saw the card when the request concerned them. Throws `not-found` for others. */
export const caseForStaff = async (
  reader: Reader,
  sealer: Sealer,
  staff: Staff | null | undefined,
  requestId: string,
  now: Date,
): Promise<Case> => {
  const found = staff?.active ? await findRequest(reader, requestId) : null
  if (!staff || !found) throw new DomainError('not-found')
  const concerned = await isConcernOf(reader, staff, found)
  if (!concerned && !(await hasCard(reader, requestId, staff.id))) throw new DomainError('not-found')
  const { answers: _, contact: __, draftId: ___, ...request } = found
  const contact = openContact(sealer, found)
  const merged = await duplicatesOf(reader, requestId)
  const claimedBy = request.claimedById ? await findStaff(reader, request.claimedById) : null
  const events = await eventsOf(reader, requestId)
  // Somebody else has it now: that it became urgent since, and why, is kept from them as well.
  const keptOut = !concerned && events.some((event) => isHiddenFrom(event, staff.id))
  const routed = (await assignmentInfoOf(reader, [request])).get(requestId) ?? { assignedTo: null, why: null }
  const asksWhy = staff.role === 'supervisor' && request.status === 'submitted'
  return {
    ...request,
    ...routed,
    urgent: request.urgent && !keptOut,
    claimedBy: claimedBy && { id: claimedBy.id, name: claimedBy.name },
    notes: events.filter((event) => event.kind === 'note' && !isHiddenFrom(event, staff.id)).length,
    passedOn: events.filter(({ kind }) => kind === 'passed-on').length,
    concerns: concerned,
    checkOpen: isCheckOpen(request),
    underTen: isUnderTens(request),
    follows: events.find(({ kind }) => kind === 'submitted')?.detail ?? null,
    reasons: keptOut ? [] : reasonsOfRequest(sealer, request),
    merged: merged.map(({ number }) => number),
    duplicateOf: (await keptOf(reader, requestId))?.number ?? null,
    ...contactSafety(
      contact,
      merged.map((one) => openContact(sealer, one)),
    ),
    mayPassOn: holderFor(staff, request) !== null,
    leftOut: asksWhy ? await leftOut(reader, request, staff.id) : [],
    rights: await rightsToRequest(reader, staff, request),
    oversight: await oversightOf(reader, staff, request, now),
    together: await togetherForStaff(reader, requestId),
    hidden: await isHidden(reader, request.personId),
    ...(await caseBlock(reader, { staffId: staff.id, request: found, now })),
  }
}

/** Whether to send a new card: the request waits for this member or for anybody, or the member is a supervisor. */
export const isWaitingFor = (request: RequestSummary, staff: Pick<Staff, 'id' | 'role'>): boolean =>
  (request.status === 'submitted' || isCheckOpen(request)) &&
  (request.assignedToId === null || request.assignedToId === staff.id || staff.role === 'supervisor')

/** Claims a request. Throws `not-found` if it does not concern the member, and as `claimRequest` does. */
export const claimCase = async (
  tx: Tx,
  deps: StepDeps,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<void> => {
  const request = await requestForStaff(tx, staff, requestId, lockRequest)
  if (!staff) throw new DomainError('not-found')
  await claimRequest(tx, deps, { request, staffId: staff.id, by: { staffId: staff.id }, now })
}

/**
 * Passes on a request that is assigned to the member or claimed by them, with a reason in words. Returns the
 * new assignee, null if unassigned.
 */
export const passOn = async (
  tx: Tx,
  deps: StepDeps,
  {
    staff,
    requestId,
    reason,
    now,
  }: { staff: Staff | null | undefined; requestId: string; reason: string; now: Date },
): Promise<string | null> => {
  const request = await requestForStaff(tx, staff, requestId, lockRequest)
  if (!staff) throw new DomainError('not-found')
  const staffId = holderToPassOnFrom(staff, request)
  return passOnRequest(tx, deps, { request, reason, by: { staffId: staff.id }, staffId, now })
}

/** Checks that the member may pass the request on. Throws as `passOn` does. */
export const mustBeAllowedToPassOn = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<void> => {
  const request = await requestForStaff(reader, staff, requestId)
  if (!staff) throw new DomainError('not-found')
  await mustHaveOthers(reader, request, holderToPassOnFrom(staff, request))
}

/**
 * The assignee from whom the member may pass the request on: themselves if it is theirs or unassigned, and
 * for supervisors the assignee of any waiting request. Null if they may not.
 */
const holderFor = (
  staff: Staff,
  { status, assignedToId }: Pick<Request, 'status' | 'assignedToId'>,
): string | null => {
  if (status !== 'claimed' && status !== 'submitted') return null
  const holder = assignedToId ?? staff.id
  return holder === staff.id || (staff.role === 'supervisor' && status === 'submitted') ? holder : null
}

const holderToPassOnFrom = (staff: Staff, request: Request): string => {
  const holder = holderFor(staff, request)
  if (holder !== null) return holder
  const over = request.status !== 'claimed' && request.status !== 'submitted'
  throw new DomainError(over ? 'already-closed' : 'not-allowed')
}

type Staffed = { staff: Staff | null | undefined; requestId: string; now: Date }

/** An urgent request that the member may call not urgent: their own, or for supervisors any waiting one. */
export const caseToCalm = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
  find: (reader: Reader, id: string) => Promise<Request | null> = findRequest,
): Promise<Request> => {
  const request = await requestForStaff(reader, staff, requestId, find)
  if (!staff) throw new DomainError('not-found')
  holderToPassOnFrom(staff, request)
  if (!request.urgent) throw new DomainError('not-allowed')
  return request
}

/** Says that a request is not urgent, with a reason. */
export const calmCase = async (
  tx: Tx,
  deps: StepDeps,
  { staff, requestId, reason, now }: Staffed & { reason: string },
): Promise<void> => {
  const request = await caseToCalm(tx, staff, requestId, () => lockRequest(tx, requestId))
  await calmRequest(tx, deps, { request, reason, by: { staffId: staff?.id }, now })
}

/** A withdrawn request whose safety is still to be checked. Throws `not-found`, `already-closed`. */
export const caseToCheck = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<Request> => {
  const request = await requestForStaff(reader, staff, requestId)
  if (!isCheckOpen(request)) throw new DomainError('already-closed')
  return request
}

/** Says what came of the safety check. */
export const concludeCheck = async (
  tx: Tx,
  deps: StepDeps,
  { staff, requestId, outcome, now }: Staffed & { outcome: SafetyOutcome },
): Promise<void> => {
  const request = await requestForStaff(tx, staff, requestId, lockRequest)
  await concludeSafetyCheck(tx, deps, { request, outcome, by: { staffId: staff?.id }, now })
}

/** A request claimed by the member. Throws `not-found`; `not-allowed` if somebody else has it. */
export const claimedCaseFor = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<Request> => {
  const request = await requestForStaff(reader, staff, requestId)
  if (request.status !== 'claimed' || request.claimedById !== staff?.id) throw new DomainError('not-allowed')
  return request
}
