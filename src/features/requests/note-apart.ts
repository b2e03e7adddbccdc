import { speaksAgainst } from '#features/words/about-reader.ts'
import type { Reader } from '#storage/database.ts'
import type { RequestEvent } from '#storage/requests/request-events.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { namesOfStaff, staffOfTerritory } from '#storage/staff/staff.ts'

// Notes to a request that complain of the specialist who has it (ADR 60).

type Held = Pick<RequestSummary, 'territory' | 'claimedById' | 'assignedToId'>

/** Whether a line is kept from a member of staff. Pure. */
export const isHiddenFrom = ({ hiddenFrom }: Pick<RequestEvent, 'hiddenFrom'>, staffId: string): boolean =>
  hiddenFrom.includes(staffId)

/** Whether what the family writes now is kept from whoever has the request. Pure. */
export const isKeptFromHolder = (
  { claimedById, assignedToId }: Omit<Held, 'territory'>,
  events: readonly Pick<RequestEvent, 'hiddenFrom'>[],
): boolean => {
  const holder = claimedById ?? assignedToId
  return holder !== null && events.some((event) => isHiddenFrom(event, holder))
}

/** From whom a note is kept, what they are called, and who reads it instead. */
export type NoteApart = { hiddenFrom: string; name: string; readers: string[] }

/**
 * Words of fear or complaint about whoever has the request are kept from them, and so is what follows, until somebody else has
 * it. Null if they may read it, or nobody else would.
 */
export const noteApart = async (
  reader: Reader,
  { request, text, events }: { request: Held; text: string | null; events: readonly RequestEvent[] },
): Promise<NoteApart | null> => {
  const holder = request.claimedById ?? request.assignedToId
  if (holder === null) return null
  const name = (await namesOfStaff(reader, [holder])).get(holder) ?? ''
  const against = text !== null && speaksAgainst(text, [name])
  if (!against && !isKeptFromHolder(request, events)) return null
  const readers = await readersBut(reader, request.territory, holder)
  return readers.length === 0 ? null : { hiddenFrom: holder, name, readers }
}

/** Supervisors, else specialists, of the territory. */
const readersBut = async (reader: Reader, territory: string, holder: string): Promise<string[]> => {
  for (const role of ['supervisor', 'intake'] as const) {
    const others = (await staffOfTerritory(reader, territory, role)).filter(({ id }) => id !== holder)
    if (others.length > 0) return others.map(({ id }) => id)
  }
  return []
}
