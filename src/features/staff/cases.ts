import { DomainError } from '#core/errors.ts'
import { other } from '#features/intake/questions.ts'
import { askedOf, type Contact, type Content, openContact, openContent } from '#features/requests/content.ts'
import { claimRequest, mustHaveOthers, passOnRequest, type StepDeps } from '#features/requests/steps.ts'
import { type Line, linesOf } from '#features/requests/talk.ts'
import type { Region } from '#regions/schema.ts'
import { addAudit } from '#storage/audit.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { eventsOf } from '#storage/request-events.ts'
import { findRequest, lockRequest, queue, type Request, type RequestSummary } from '#storage/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, joinedStaff } from '#storage/staff.ts'
import { concerns } from './concern.ts'

export type Staff = NonNullable<Snapshot['staff']>

/** A request as its card shows it to staff: nothing personal in it. */
export type Case = RequestSummary & {
  claimedBy: { id: string; name: string } | null
  notes: number
  passedOn: number
}

/** Throws `not-found` also for a request of another territory: it leaves no trace that it exists. */
const requestFor = async <R extends Reader>(
  reader: R,
  staff: Staff | null | undefined,
  requestId: string,
  find: (reader: R, id: string) => Promise<Request | null> = findRequest,
): Promise<Request> => {
  const request = await find(reader, requestId)
  if (!staff || !request || !(await concerns(reader, staff, request))) throw new DomainError('not-found')
  return request
}

export const caseFor = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<Case> => {
  const { answers: _, contact: __, draftId: ___, ...request } = await requestFor(reader, staff, requestId)
  const claimedBy = request.claimedById ? await findStaff(reader, request.claimedById) : null
  const events = await eventsOf(reader, requestId)
  return {
    ...request,
    claimedBy: claimedBy && { id: claimedBy.id, name: claimedBy.name },
    notes: events.filter(({ kind }) => kind === 'note').length,
    passedOn: events.filter(({ kind }) => kind === 'passed-on').length,
  }
}

/** Unclaimed requests that are this member's concern: urgent first, then the oldest. `page` counts from 0. */
export const queueFor = async (
  database: Database,
  region: Region,
  staff: Staff,
  page: number,
  size: number,
) => {
  const territories = await territoriesOf(database, region, staff)
  const { items, total } = await queue(database, territories, { limit: size, offset: page * size })
  return { items, total, pages: Math.max(1, Math.ceil(total / size)) }
}

/** The member's own territories, and for intake those that nobody serves: no request is without a reader. */
const territoriesOf = async (database: Database, region: Region, staff: Staff): Promise<string[]> => {
  if (staff.role !== 'intake') return staff.role === 'supervisor' ? staff.territories : []
  const all = [...region.territories.map(({ code }) => code), other]
  const served = new Set((await joinedStaff(database, 'intake')).flatMap((member) => member.territories))
  return all.filter((code) => staff.territories.includes(code) || !served.has(code))
}

/** Takes a request in hand. Throws `not-found` for one that does not concern the member, and as `claimRequest` does. */
export const claimCase = async (
  tx: Tx,
  deps: StepDeps,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<void> => {
  const request = await requestFor(tx, staff, requestId, lockRequest)
  if (!staff) throw new DomainError('not-found')
  await claimRequest(tx, deps, { request, staffId: staff.id, by: { staffId: staff.id }, now })
}

/** Gives a request that waits for the member, or is theirs, to somebody else, with a reason in words. */
export const passOn = async (
  tx: Tx,
  deps: StepDeps,
  {
    staff,
    requestId,
    reason,
    now,
  }: { staff: Staff | null | undefined; requestId: string; reason: string; now: Date },
): Promise<void> => {
  const request = await requestFor(tx, staff, requestId, lockRequest)
  if (!staff) throw new DomainError('not-found')
  const staffId = holderFor(staff, request)
  await passOnRequest(tx, deps, { request, reason, by: { staffId: staff.id }, staffId, now })
}

/** Whether the member may pass the request on. Throws as `passOn` does. */
export const passOnAllowed = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<void> => {
  const request = await requestFor(reader, staff, requestId)
  if (!staff) throw new DomainError('not-found')
  if (request.status !== 'claimed' && request.status !== 'submitted') throw new DomainError('already-closed')
  await mustHaveOthers(reader, request, holderFor(staff, request))
}

/** Whose the request is, when the member may pass it on: their own, nobody's, and for a supervisor anybody's. */
const holderFor = (staff: Staff, { status, claimedById, assignedToId }: Request): string => {
  const holder = (status === 'claimed' ? claimedById : assignedToId) ?? staff.id
  if (holder !== staff.id && (staff.role !== 'supervisor' || status === 'claimed'))
    throw new DomainError('not-allowed')
  return holder
}

/** The request, where the member has it in hand. Throws `not-found`, `not-allowed` for another's. */
export const ownCase = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<Request> => {
  const request = await requestFor(reader, staff, requestId)
  if (request.status !== 'claimed' || request.claimedById !== staff?.id) throw new DomainError('not-allowed')
  return request
}

type Seen<T> = { request: Request; seen: T }

/** The answers, and what the family added. Every sight is a row of the audit. */
export const caseDetails = async (
  tx: Tx,
  sealer: Sealer,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<Seen<{ content: Content; asked: (keyof Content)[]; lines: Line[] }>> => {
  const request = await requestFor(tx, staff, requestId)
  if (staff) await addAudit(tx, { staffId: staff.id, action: 'request.details', requestId, at: now })
  const lines = linesOf(sealer, await eventsOf(tx, requestId))
  const content = openContent(sealer, request)
  return { request, seen: { content, asked: askedOf(content), lines } }
}

/** Name, phone, hours and what is safe. Every sight is a row of the audit. */
export const caseContact = async (
  tx: Tx,
  sealer: Sealer,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<Seen<Contact>> => {
  const request = await requestFor(tx, staff, requestId)
  if (request.status === 'withdrawn' || request.status === 'closed') throw new DomainError('already-closed')
  if (staff) await addAudit(tx, { staffId: staff.id, action: 'request.contact', requestId, at: now })
  return { request, seen: openContact(sealer, request) }
}
