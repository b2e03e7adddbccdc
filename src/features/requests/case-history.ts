import type { Reader } from '#storage/database.ts'
import { eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { isHiddenFrom } from './note-apart.ts'

/** What happened to a request, without words. */
export type CaseStep = Pick<RequestEvent, 'at' | 'kind' | 'detail'> & {
  /** Who did it, or for `assigned` who has it from then on; null: the product, the family or another system. */
  name: string | null
  /** Another system did it. */
  bySystem: boolean
}

/** The history of a request for whoever may open it, the newest first; without what is kept from the reader. */
export const historyOfCase = async (
  reader: Reader,
  { requestId, staffId }: { requestId: string; staffId: string },
): Promise<CaseStep[]> => {
  const events = (await eventsOf(reader, requestId)).filter((event) => !isHiddenFrom(event, staffId))
  const ids = events.map((event) => event.staffId).filter((id) => id !== null)
  const names = await namesOfStaff(reader, [...new Set(ids)])
  return events
    .map(({ at, kind, detail, staffId: who, apiKeyId }) => ({
      ...{ at, kind, detail },
      name: who === null ? null : (names.get(who) ?? null),
      bySystem: apiKeyId !== null,
    }))
    .toReversed()
}
