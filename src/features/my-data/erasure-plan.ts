import { destructionDue } from '#features/data-requests/data-request-terms.ts'
import { asOwn } from '#features/requests/as-own.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { isCheckOpen, needsSafetyCheck } from '#features/requests/safety-check.ts'
import type { Region } from '#regions/schema.ts'
import { hasCalendarLink, requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Reader } from '#storage/database.ts'
import { openDataRequestsOf } from '#storage/data-requests/data-requests.ts'
import { restrictionOf } from '#storage/data-requests/restrictions.ts'
import { findFamily } from '#storage/families/families.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Request } from '#storage/requests/requests.ts'

/**
 * Why something is kept: the request is being looked into; somebody still sees to it that everybody is safe (152-ФЗ, ст. 6, ч. 1,
 * п. 6); the family is supported (п. 2; 442-ФЗ); it is of somebody who may be under somebody else's thumb, so it waits, or was asked for and waits already; staff.
 */
export type Keeping = {
  why: 'open-request' | 'safety-check' | 'support' | 'protected' | 'waiting' | 'staff'
  /** Numbers of requests or families. */
  numbers: string[]
  /** Until when; null: as long as it lasts. */
  until: Date | null
}

export type ErasurePlan = {
  /** `everything`, or what nothing obliges to keep meanwhile. */
  now: ('everything' | 'draft' | 'calendar')[]
  kept: Keeping[]
}

/** What can be erased at once, and what is kept why and until when. */
export const erasurePlan = async (
  reader: Reader,
  { region }: { region: Region },
  { who, now }: { who: Snapshot; now: Date },
): Promise<ErasurePlan> => {
  const kept = await obligations(reader, { who, now, region })
  if (kept.length === 0) return { now: ['everything'], kept }
  const calendar = await hasCalendarLink(reader, who.person.id)
  return { now: [...(who.draft ? ['draft' as const] : []), ...(calendar ? ['calendar' as const] : [])], kept }
}

const obligations = async (
  reader: Reader,
  { who, now, region }: { who: Snapshot; now: Date; region: Region },
): Promise<Keeping[]> => {
  const stored = await requestsOfPerson(reader, who.person.id)
  const requests: Request[] = []
  for (const request of stored) requests.push(await asOwn(reader, request))
  const open = requests.filter(isOpen)
  const checks = requests.filter(isCheckOpen)
  const families: string[] = []
  for (const { id, number } of who.families) {
    if ((await findFamily(reader, id))?.status === 'active') families.push(String(number))
  }
  const blocks = [
    { why: 'staff', numbers: who.staff ? [''] : [] },
    { why: 'open-request', numbers: open.map(({ number }) => number) },
    { why: 'safety-check', numbers: checks.map(({ number }) => number) },
    { why: 'support', numbers: families },
  ] as const
  const found = blocks.flatMap(({ why, numbers }) =>
    numbers.length > 0 ? [{ why, numbers, until: null }] : [],
  )
  // A check of what somebody else has told goes on with what is stored here. It is not named: what is said instead, that somebody
  // else may have tapped, says nothing of it.
  const unsaid = stored.some(isCheckOpen)
  if (found.length > 0 || !(unsaid || isProtected(who, requests))) return found
  const asked = await destroyedBy(reader, who.person.id)
  if (asked) return [{ why: 'waiting', numbers: [], until: asked }]
  return [{ why: 'protected', numbers: [], until: destructionDue(now, region).dueAt }]
}

/** By when everything is destroyed, if the consent is withdrawn; null: it is not. */
export const destroyedBy = async (reader: Reader, personId: string): Promise<Date | null> => {
  if ((await restrictionOf(reader, personId)).consentWithdrawnAt === null) return null
  return (await openDataRequestsOf(reader, personId)).find(({ eraseAt }) => eraseAt !== null)?.dueAt ?? null
}

/** Whoever taps may not be the one who wrote: what a child has told is not gone with one tap (as with a withdrawal). */
const isProtected = (
  { person, families }: Snapshot,
  requests: readonly Parameters<typeof needsSafetyCheck>[0][],
): boolean =>
  person.address === 'minor' ||
  families.some(({ role, unconfirmed }) => role === 'minor' || unconfirmed) ||
  requests.some(needsSafetyCheck)

/** Whether the data of somebody who has withdrawn are still needed to see to it that everybody is safe. */
export const isStillNeeded = async (reader: Reader, personId: string): Promise<boolean> =>
  (await requestsOfPerson(reader, personId)).some((request) => isOpen(request) || isCheckOpen(request))
