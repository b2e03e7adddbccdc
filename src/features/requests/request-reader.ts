import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import { readingTime } from '#features/routing/reading-time.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { latestAsOwn } from './as-own.ts'
import { isKeptFromHolder } from './note-apart.ts'
import { isCheckOpen } from './safety-check.ts'

type Held = Pick<RequestSummary, 'applicant' | 'claimedById' | 'assignedToId'> & {
  /** Whoever has it does not read it: somebody else does (ADR 60). */
  apart?: boolean
}

/**
 * Who reads what is said about a request, and when: the member who has it, else the intake group. Somebody who wrote about
 * another family learns no name.
 */
export const readerOfRequest = async (
  reader: Reader,
  region: Region,
  request: Held | null,
  now: Date,
): Promise<ExpectedReader> => {
  const holder =
    request?.apart || request?.applicant === 'other-person'
      ? null
      : (request?.claimedById ?? request?.assignedToId)
  const staff = holder ? await findStaff(reader, holder) : null
  const there =
    staff?.active && staff.unreachableSince === null && !(await absentAt(reader, now)).has(staff.id)
  return {
    name: there ? staff.name : null,
    away: false,
    ...readingTime(region, there ? staff.dutyHours : null, now),
  }
}

/**
 * The same for the person's latest request. `urgent`: what they read may not be in time, and they are told whom to call.
 * `checking`: it is withdrawn, and whoever reads it checks whether everybody is safe.
 */
export const requestReader = async (
  { database, region }: { database: Database; region: Region },
  who: Snapshot | null,
  now: Date,
): Promise<ExpectedReader & { urgent: boolean; checking: boolean }> => {
  const request = who && (await latestAsOwn(database, who.person.id))
  const apart = request !== null && isKeptFromHolder(request, await eventsOf(database, request.id))
  return {
    urgent: request?.urgent ?? false,
    checking: request !== null && isCheckOpen(request),
    ...(await readerOfRequest(database, region, request && { ...request, apart }, now)),
  }
}
