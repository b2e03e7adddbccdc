import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type Look, looksAtRequests, requestsOfPerson } from '#storage/my-data/own-rows.ts'
import { seenActions } from '#storage/staff/audit-actions.ts'

/** On one day (ISO, of the region): which roles opened it, and whether a system of the centre did. */
export type LookedAt = { day: string; roles: NonNullable<Look['role']>[]; system: boolean }

/**
 * Who opened what this account told the centre, by role and day, newest first. The card of a family is left out for everybody
 * alike: it is opened for each of its members, and a day on it would tell one of them that another has written (ADR 113).
 */
export const lookedAt = async (
  reader: Reader,
  { timeZone }: Pick<Region, 'timeZone'>,
  personId: string,
): Promise<LookedAt[]> => {
  const requestIds = (await requestsOfPerson(reader, personId)).map(({ id }) => id)
  if (requestIds.length === 0) return []
  const looks = await looksAtRequests(reader, { requestIds, actions: seenActions, timeZone })
  return [...Map.groupBy(looks, ({ day }) => day)].map(([day, all]) => ({
    day,
    roles: all.flatMap(({ role }) => role ?? []),
    system: all.some(({ role }) => role === null),
  }))
}
