import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Reader } from '#storage/database.ts'
import {
  type DataRequest,
  type DataRequestCursor,
  type DataRequestFilter,
  dataRequestsByTerm,
  findDataRequest,
} from '#storage/data-requests/data-requests.ts'

// The register of data requests as API keys see it: only what is of the key's territories.

export type DataRequestAccess = { caller: Caller; id: string }

/** Throws `not-found` unless the key reaches the territory; what has none is for keys of all territories. */
export const mustReachData = (caller: Caller, territory: string | null): void => {
  const reached = territory === null ? caller.territories === 'all' : reachesTerritory(caller, territory)
  if (!reached) throw new DomainError('not-found')
}

/** Throws `not-found`, also if the key does not reach it. */
export const dataRequestForCaller = async (
  reader: Reader,
  { caller, id }: DataRequestAccess,
): Promise<DataRequest> => {
  const found = await findDataRequest(reader, id)
  if (!found) throw new DomainError('not-found')
  mustReachData(caller, found.territory)
  return found
}

/** A page of those that the key reaches, without their words, the first term first. */
export const dataRequestsForCaller = async (
  reader: Reader,
  caller: Caller,
  {
    territories: wanted,
    ...filter
  }: Omit<DataRequestFilter, 'territories'> & { territories?: string[] | undefined },
  page: { after?: DataRequestCursor | undefined; limit: number },
): Promise<{ items: DataRequest[]; next: DataRequestCursor | null }> => {
  const territories = wanted?.filter((code) => reachesTerritory(caller, code)) ?? caller.territories
  const found = await dataRequestsByTerm(
    reader,
    { ...filter, territories },
    { ...page, limit: page.limit + 1 },
  )
  const items = found.slice(0, page.limit)
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}
