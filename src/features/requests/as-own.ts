import type { Reader } from '#storage/database.ts'
import { mergedAt } from '#storage/requests/duplicates.ts'
import { eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import { needsSafetyCheck } from './safety-check.ts'

// Whoever made a request sees no trace of what somebody else's words have brought to it (ADR 98): everything that they read or may
// do follows from the request as it would be without them. Staff and the rules of danger read it as it is.

type Urgent = Pick<RequestSummary, 'id' | 'urgent'>
type Events = Promise<readonly Pick<RequestEvent, 'kind' | 'detail' | 'at'>[]>

/** Whether it is urgent by what whoever made it has said, here or in one of their own that was merged into it. */
const isUrgentAsOwn = async (
  reader: Reader,
  { id, urgent }: Urgent,
  events: Events = eventsOf(reader, id),
): Promise<boolean> => {
  if (!urgent) return false
  const came = (await events).findLast(({ kind }) => kind === 'urgent')
  if (came?.detail !== 'duplicate') return true
  const bringers = await mergedAt(reader, { keptId: id, at: came.at })
  // That merge was taken back, and the urgency has stayed: they have said more since.
  if (bringers.length === 0) return true
  for (const { samePerson, ...one } of bringers)
    if (samePerson && (await isUrgentAsOwn(reader, one))) return true
  return false
}

/** A request as it is for whoever made it: without an urgency, and the check after a withdrawal, that came with somebody else's words. */
export const asOwn = async <R extends RequestSummary>(
  reader: Reader,
  request: R,
  events?: Events,
): Promise<R> => {
  if (!request.urgent || (await isUrgentAsOwn(reader, request, events))) return request
  const own = { ...request, urgent: false }
  return needsSafetyCheck(own) ? own : { ...own, safetyCheck: null }
}

/** The latest request of a person, as it is for them. */
export const latestAsOwn = async (reader: Reader, personId: string): Promise<RequestSummary | null> => {
  const request = await latestRequestOf(reader, personId)
  return request && asOwn(reader, request)
}
