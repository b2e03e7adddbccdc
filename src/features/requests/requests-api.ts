import { DomainError } from '#core/errors.ts'
import { type Correction, correctionsFor } from '#features/corrections/correct.ts'
import { mustNotBeBlocked } from '#features/data-requests/blocks.ts'
import { parseReason } from '#features/routing/routing-reason.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { type TogetherForStaff, togetherForStaff } from '#features/together/together-for-staff.ts'
import { namesForCaller } from '#features/staff/staff-api.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { familyOfRequest } from '#storage/families/families.ts'
import { eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import type { RequestCursor, RequestFilter, RequestPage } from '#storage/requests/request-list-statement.ts'
import { type ListedRequest, listRequests } from '#storage/requests/request-lists.ts'
import { keptOf } from '#storage/requests/duplicates.ts'
import { findRequest, type Request, type RequestSummary } from '#storage/requests/requests.ts'
import { decisionsOf, type RoutingDecision } from '#storage/routing/routing-decisions.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type RequestLine, requestLines } from './conversation.ts'
import { isDangerOpen } from './danger-first.ts'
import { type Decision, decisionOf } from './decision.ts'
import { reasonsOfRequest, type UrgentReason } from './urgent-reasons.ts'
import { type Contact, type Content, openContact, openContent } from './request-content.ts'
import { auditFlags } from './request-flags.ts'
import { isCheckOpen } from './safety-check.ts'

// Requests as API keys see them: only those of the key's territories.

export type RequestAccess = { caller: Caller; id: string }

/** Throws `not-found`, also if the key does not reach the request. */
export const requestForCaller = async <R extends Reader>(
  reader: R,
  { caller, id }: RequestAccess,
  find: (reader: R, id: string) => Promise<Request | null> = findRequest,
): Promise<Request> => {
  const request = await find(reader, id)
  if (!request || !reachesTerritory(caller, request.territory)) throw new DomainError('not-found')
  return request
}

/** A page of the requests that the key reaches, audited as `auditFlags` says; `next` is the cursor of the following page. */
export const requestsForCaller = async (
  database: Database,
  caller: Caller,
  {
    territories: wanted,
    ...filter
  }: Omit<RequestFilter, 'territories'> & { territories?: string[] | undefined },
  page: RequestPage & { now: Date },
): Promise<{ items: ListedRequest[]; next: RequestCursor | null }> => {
  const territories = wanted?.filter((code) => reachesTerritory(caller, code)) ?? caller.territories
  const { now, ...place } = page
  const found = await listRequests(database, { ...filter, territories }, { ...place, limit: page.limit + 1 })
  const items = found.slice(0, page.limit)
  await auditFlags(database, { requests: items, apiKeyId: caller.keyId, now })
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}

/** A request with its history, without sealed data. */
export type ShownRequest = {
  request: RequestSummary
  assignee: ListedRequest['assignee']
  /** The family created from it. */
  familyId: string | null
  together: TogetherForStaff | null
  events: RequestEvent[]
  decisions: RoutingDecision[]
  /** First names by id: of the staff involved, and of others that the key reaches. */
  names: ReadonlyMap<string, string>
}

export const showRequest = async (
  reader: Reader,
  { now, ...of }: RequestAccess & { now: Date },
): Promise<ShownRequest> => {
  // Read the request first: anything added while the rest is read belongs to a later revision.
  const request = await requestForCaller(reader, of)
  await auditFlags(reader, { requests: [request], apiKeyId: of.caller.keyId, now })
  const assignee = request.assignedToId === null ? null : await findStaff(reader, request.assignedToId)
  const events = await eventsOf(reader, of.id)
  const decisions = await decisionsOf(reader, of.id)
  const concerned = [...events, ...decisions].map(({ staffId }) => staffId)
  const others = decisions.flatMap(({ reason }) => parseReason(reason).others.map(({ id }) => id))
  return {
    request,
    assignee: assignee && { id: assignee.id, name: assignee.name, role: assignee.role },
    familyId: (await familyOfRequest(reader, of.id))?.id ?? null,
    together: await togetherForStaff(reader, of.id),
    events,
    decisions,
    names: await namesForCaller(reader, of.caller, others, concerned),
  }
}

export type RequestDetails = {
  request: Request
  content: Content
  /** Null once the request is closed, or withdrawn without a check that is still open: there is no reason to contact the family any more. */
  contact: Contact | null
  lines: RequestLine[]
  urgentReasons: UrgentReason[]
  decision: Decision | null
  corrections: Correction[]
}

/** Everything that the family wrote, and its contact data. Every access is audited, as in the bot. */
export const requestDetails = async (
  tx: Tx,
  sealer: Sealer,
  { now, ...of }: RequestAccess & { now: Date },
): Promise<RequestDetails> => {
  const request = await requestForCaller(tx, of)
  const by = { apiKeyId: of.caller.keyId }
  await mustNotBeBlocked(tx, { of: request, by, now, danger: isDangerOpen(request) })
  const kept = await keptOf(tx, of.id)
  // A duplicate is open as long as the one into which it was merged.
  const { status } = kept ?? request
  const open = status === 'submitted' || status === 'claimed' || isCheckOpen(request)
  const seen = { at: now, apiKeyId: of.caller.keyId, requestId: of.id }
  await addAudit(tx, { ...seen, action: 'request.details' })
  if (open) await addAudit(tx, { ...seen, action: 'request.contact' })
  const events = await eventsOf(tx, of.id)
  return {
    request,
    content: openContent(sealer, request),
    contact: open ? openContact(sealer, request) : null,
    lines: requestLines(sealer, events),
    urgentReasons: reasonsOfRequest(sealer, request),
    decision: decisionOf(sealer, events),
    // What stood in the contact before is shown as long as the contact itself.
    corrections: open ? await correctionsFor(tx, sealer, { requestId: of.id }) : [],
  }
}
