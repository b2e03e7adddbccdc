import { speaksAgainst } from '#features/words/about-reader.ts'
import type { Reader } from '#storage/database.ts'
import { hiddenFromInRequest, type RequestEvent } from '#storage/requests/request-events.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { decisionsOf } from '#storage/routing/routing-decisions.ts'
import { namesOfStaff, staffOfTerritory } from '#storage/staff/staff.ts'

// Notes to a request that complain of the specialist who has it (ADR 60).

type Holding = Pick<RequestSummary, 'claimedById' | 'assignedToId'>
type Held = Holding & Pick<RequestSummary, 'id' | 'territory'>

const holderOf = ({ claimedById, assignedToId }: Holding): string | null => claimedById ?? assignedToId

/** Whether a line is kept from a member of staff. Pure. */
export const isHiddenFrom = ({ hiddenFrom }: Pick<RequestEvent, 'hiddenFrom'>, staffId: string): boolean =>
  hiddenFrom.includes(staffId)

/** Whether what the family writes now is kept from whoever has the request. Pure. */
export const isKeptFromHolder = (
  request: Holding,
  events: readonly Pick<RequestEvent, 'hiddenFrom'>[],
): boolean => {
  const holder = holderOf(request)
  return holder !== null && events.some((event) => isHiddenFrom(event, holder))
}

/** From whom a note is kept, what they are called, and who reads it instead. */
export type NoteApart = { hiddenFrom: string; name: string; readers: string[] }

type Written = { request: Held; text: string | null; events: readonly RequestEvent[] }

/**
 * From whom what the family writes now is kept. `apart`: whoever has the request is among them; null otherwise, and if nobody
 * else would read it.
 */
export const keptFrom = async (
  reader: Reader,
  written: Written,
): Promise<{ hiddenFrom: string[]; apart: NoteApart | null }> => {
  const apart = await noteApart(reader, written)
  const former = await formerKept(reader, written)
  return { hiddenFrom: [...(apart ? [apart.hiddenFrom] : []), ...former], apart }
}

/** Words of fear or complaint about whoever has the request are kept from them, and so is what follows. */
const noteApart = async (reader: Reader, { request, text, events }: Written): Promise<NoteApart | null> => {
  const holder = holderOf(request)
  if (holder === null) return null
  const name = (await namesOfStaff(reader, [holder])).get(holder) ?? ''
  const against = text !== null && speaksAgainst(text, [name])
  if (!against && !isKeptFromHolder(request, events)) return null
  const kept = [holder, ...events.flatMap(({ hiddenFrom }) => hiddenFrom)]
  const readers = await readersBut(reader, request.territory, kept)
  return readers.length === 0 ? null : { hiddenFrom: holder, name, readers }
}

/** Those who had it before, and could still open it: from whom something was kept, and of whom the words speak. */
const formerKept = async (reader: Reader, { request, text, events }: Written): Promise<string[]> => {
  const holder = holderOf(request)
  const feared = new Set(events.flatMap(({ hiddenFrom }) => hiddenFrom))
  for (const id of text === null ? [] : await spokenOf(reader, request, text)) feared.add(id)
  if (holder !== null) feared.delete(holder)
  const kept = [...feared]
  if (kept.length === 0 || holder !== null) return kept
  return (await readersBut(reader, request.territory, kept)).length === 0 ? [] : kept
}

/** Of all who have or had the request, those against whom words speak. */
const spokenOf = async (reader: Reader, request: Held, text: string): Promise<string[]> => {
  const decided = (await decisionsOf(reader, request.id)).flatMap(({ staffId }) => staffId ?? [])
  const names = await namesOfStaff(reader, [...new Set([...decided, holderOf(request) ?? []].flat())])
  return [...names].filter(([, name]) => speaksAgainst(text, [name])).map(([id]) => id)
}

/**
 * From whom the first words of a new request are kept that follows one: nobody is to decide upon a complaint of themselves. Empty
 * if nobody else would read them.
 */
export const keptFromFollowUp = async (
  reader: Reader,
  { request, text }: Omit<Written, 'events'>,
): Promise<string[]> => {
  const spoken = text === null ? [] : await spokenOf(reader, request, text)
  const kept = [...new Set([...(await hiddenFromInRequest(reader, request.id)), ...spoken])]
  if (kept.length === 0) return []
  return (await readersBut(reader, request.territory, kept)).length === 0 ? [] : kept
}

/**
 * Who hears of the family instead of whoever has the request, from whom its words are kept. Null: nothing is kept from them, or nobody
 * else would hear of it.
 */
export const readersInstead = async (reader: Reader, request: Held): Promise<string[] | null> => {
  const holder = holderOf(request)
  const kept = holder === null ? [] : await hiddenFromInRequest(reader, request.id)
  if (holder === null || !kept.includes(holder)) return null
  const readers = await readersBut(reader, request.territory, kept)
  return readers.length === 0 ? null : readers
}

/** Supervisors, else specialists, of the territory. */
const readersBut = async (reader: Reader, territory: string, kept: readonly string[]): Promise<string[]> => {
  for (const role of ['supervisor', 'intake'] as const) {
    const others = (await staffOfTerritory(reader, territory, role)).filter(({ id }) => !kept.includes(id))
    if (others.length > 0) return others.map(({ id }) => id)
  }
  return []
}
