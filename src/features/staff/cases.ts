import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#jobs/queues.ts'
import { other } from '#features/intake/questions.ts'
import { type Contact, type Content, openContact, openContent, askedOf } from '#features/requests/content.ts'
import { type Line, linesOf } from '#features/requests/talk.ts'
import type { Region } from '#regions/schema.ts'
import { addAudit } from '#storage/audit.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf } from '#storage/request-events.ts'
import { claim, findRequest, queue, release, type Request, type RequestSummary } from '#storage/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, joinedStaff, staffOfTerritory } from '#storage/staff.ts'

export type Staff = NonNullable<Snapshot['staff']>

/** A request as its card shows it to staff: nothing personal in it. */
export type Case = RequestSummary & {
  claimedBy: { id: string; name: string } | null
  notes: number
  passedOn: number
}

/** Throws `not-found` also for a request of another territory: it leaves no trace that it exists. */
const requestFor = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<Request> => {
  const request = await findRequest(reader, requestId)
  if (!staff?.active || !request) throw new DomainError('not-found')
  const serving = await staffOfTerritory(reader, request.territory, staff.role)
  if (!serving.some(({ id }) => id === staff.id)) throw new DomainError('not-found')
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

/** The member's own territories, and those that nobody of the role serves: no request is without a reader. */
const territoriesOf = async (database: Database, region: Region, staff: Staff): Promise<string[]> => {
  const all = [...region.territories.map(({ code }) => code), other]
  const served = new Set((await joinedStaff(database, staff.role)).flatMap((member) => member.territories))
  return all.filter((code) => staff.territories.includes(code) || !served.has(code))
}

/**
 * Takes a request in hand: one wins, whoever comes second gets `already-claimed`. The others' cards change,
 * and the family is told who.
 */
export const claimCase = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<void> => {
  const request = await requestFor(tx, staff, requestId)
  if (!staff) throw new DomainError('not-found')
  if (request.status === 'claimed' && request.claimedById === staff.id) return
  if (request.status === 'withdrawn' || request.status === 'closed') throw new DomainError('already-closed')
  if (!(await claim(tx, requestId, staff.id, now))) throw new DomainError('already-claimed')
  await addEvent(tx, { requestId, at: now, kind: 'claimed', staffId: staff.id })
  await enqueue(tx, 'staff-cards-refresh', { requestId })
  await enqueue(tx, 'family-notice', { requestId, notice: 'claimed' })
}

/**
 * Gives a claimed request back to the others of its territory, with a reason in words; an unclaimed one is
 * only taken off the own list of concerns, so it needs no passing on. Throws `not-allowed` for another's.
 */
export const passOn = async (
  tx: Tx,
  { sealer, enqueue }: { sealer: Sealer; enqueue: Enqueue },
  {
    staff,
    requestId,
    reason,
    now,
  }: { staff: Staff | null | undefined; requestId: string; reason: string; now: Date },
): Promise<void> => {
  const request = await requestFor(tx, staff, requestId)
  if (!staff) throw new DomainError('not-found')
  if (request.status !== 'claimed' && request.status !== 'submitted') throw new DomainError('already-closed')
  if (request.status === 'claimed' && !(await release(tx, requestId, staff.id)))
    throw new DomainError('not-allowed')
  await addEvent(tx, {
    requestId,
    at: now,
    kind: 'passed-on',
    staffId: staff.id,
    text: sealer.seal(reason, `request_events.text.${requestId}`),
  })
  await enqueue(tx, 'staff-cards-refresh', { requestId })
  for (const other of await staffOfTerritory(tx, request.territory, 'intake')) {
    if (other.id !== staff.id) await enqueue(tx, 'staff-card', { requestId, staffId: other.id })
  }
  if (request.status === 'claimed') await enqueue(tx, 'family-notice', { requestId, notice: 'passed-on' })
}

/** Whether the member may pass the request on: it waits for anybody, or is their own. Throws as `passOn` does. */
export const passOnAllowed = async (
  reader: Reader,
  staff: Staff | null | undefined,
  requestId: string,
): Promise<void> => {
  const request = await requestFor(reader, staff, requestId)
  if (request.status !== 'claimed' && request.status !== 'submitted') throw new DomainError('already-closed')
  if (request.status === 'claimed' && request.claimedById !== staff?.id) throw new DomainError('not-allowed')
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
