import { DomainError } from '#core/errors.ts'
import { other } from '#features/intake/questions.ts'
import { askedOf, type Contact, type Content, openContact, openContent } from '#features/requests/content.ts'
import { type Line, linesOf } from '#features/requests/talk.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { Region } from '#regions/schema.ts'
import { addAudit } from '#storage/audit.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf } from '#storage/request-events.ts'
import { claim, findRequest, queue, type Request, type RequestSummary, release } from '#storage/requests.ts'
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
  if (!staff?.active || !request || !(await concerns(reader, staff, request.territory))) {
    throw new DomainError('not-found')
  }
  return request
}

/** Intake specialists by territory, and all of them where nobody serves it; supervisors by territory; nobody else. */
const concerns = async (reader: Reader, staff: Staff, territory: string): Promise<boolean> => {
  if (staff.role === 'supervisor') return staff.territories.includes(territory)
  if (staff.role !== 'intake') return false
  return (await staffOfTerritory(reader, territory, 'intake')).some(({ id }) => id === staff.id)
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
 * Gives a request to the others of its territory, with a reason in words: a claimed one waits for somebody again,
 * and the others get its card. Throws `not-allowed` for another's, `nobody-else` where no other specialist serves.
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
  const others = (await staffOfTerritory(tx, request.territory, 'intake')).filter(({ id }) => id !== staff.id)
  if (others.length === 0) throw new DomainError('nobody-else')
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
  for (const { id } of others) await enqueue(tx, 'staff-card', { requestId, staffId: id })
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
  const serving = await staffOfTerritory(reader, request.territory, 'intake')
  if (serving.every(({ id }) => id === staff?.id)) throw new DomainError('nobody-else')
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
