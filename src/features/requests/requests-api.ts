import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { parseReason } from '#features/routing/routing-reason.ts'
import { namesForCaller } from '#features/staff/staff-api.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { familyOfRequest } from '#storage/families/families.ts'
import { eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import type { RequestFilter, RequestPage, RequestCursor } from '#storage/requests/request-list-statement.ts'
import { type ListedRequest, listRequests } from '#storage/requests/request-lists.ts'
import { findRequest, type Request, type RequestSummary } from '#storage/requests/requests.ts'
import { decisionsOf, type RoutingDecision } from '#storage/routing/routing-decisions.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type Contact, type Content, openContact, openContent } from './request-content.ts'
import { type RequestLine, requestLines } from './conversation.ts'

// What the centre's own systems see of requests: those of their key's territories, and no others.

export type RequestAccess = { caller: Caller; id: string }

/** Throws `not-found` also for a request that the key does not reach. */
export const requestForCaller = async <R extends Reader>(
  reader: R,
  { caller, id }: RequestAccess,
  find: (reader: R, id: string) => Promise<Request | null> = findRequest,
): Promise<Request> => {
  const request = await find(reader, id)
  if (!request || !reachesTerritory(caller, request.territory)) throw new DomainError('not-found')
  return request
}

/** A page of the requests that the key reaches; `next` is the place after which the following one begins. */
export const requestsForCaller = async (
  database: Database,
  caller: Caller,
  {
    territories: wanted,
    ...filter
  }: Omit<RequestFilter, 'territories'> & { territories?: string[] | undefined },
  page: RequestPage,
): Promise<{ items: ListedRequest[]; next: RequestCursor | null }> => {
  const territories = wanted?.filter((code) => reachesTerritory(caller, code)) ?? caller.territories
  const found = await listRequests(database, { ...filter, territories }, { ...page, limit: page.limit + 1 })
  const items = found.slice(0, page.limit)
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}

/** A request with its history, without anything that is sealed. */
export type ShownRequest = {
  request: RequestSummary
  assignee: ListedRequest['assignee']
  /** The family that it became. */
  familyId: string | null
  events: RequestEvent[]
  decisions: RoutingDecision[]
  /** First names, by id, of who has to do with it, and of the others whom the key reaches. */
  names: ReadonlyMap<string, string>
}

export const showRequest = async (reader: Reader, of: RequestAccess): Promise<ShownRequest> => {
  // Read first: what is added while the rest is read belongs to a later revision than the one that is shown.
  const request = await requestForCaller(reader, of)
  const assignee = request.assignedToId === null ? null : await findStaff(reader, request.assignedToId)
  const events = await eventsOf(reader, of.id)
  const decisions = await decisionsOf(reader, of.id)
  const concerned = [...events, ...decisions].map(({ staffId }) => staffId)
  const others = decisions.flatMap(({ reason }) => parseReason(reason).others.map(({ id }) => id))
  return {
    request,
    assignee: assignee && { id: assignee.id, name: assignee.name, role: assignee.role },
    familyId: (await familyOfRequest(reader, of.id))?.id ?? null,
    events,
    decisions,
    names: await namesForCaller(reader, of.caller, others, concerned),
  }
}

export type RequestDetails = {
  request: Request
  content: Content
  /** Null once the request is closed or withdrawn: nobody needs to reach the family about it any more. */
  contact: Contact | null
  lines: RequestLine[]
}

/** Everything that the family wrote, and how it is reached. Every sight is a row of the audit, as in the bot. */
export const requestDetails = async (
  tx: Tx,
  sealer: Sealer,
  { now, ...of }: RequestAccess & { now: Date },
): Promise<RequestDetails> => {
  const request = await requestForCaller(tx, of)
  const open = request.status === 'submitted' || request.status === 'claimed'
  const seen = { at: now, apiKeyId: of.caller.keyId, requestId: of.id }
  await addAudit(tx, { ...seen, action: 'request.details' })
  if (open) await addAudit(tx, { ...seen, action: 'request.contact' })
  return {
    request,
    content: openContent(sealer, request),
    contact: open ? openContact(sealer, request) : null,
    lines: requestLines(sealer, await eventsOf(tx, of.id)),
  }
}
