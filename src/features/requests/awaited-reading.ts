import type { ExpectedReader } from '#features/messages/messages-for-staff.ts'
import { promisedAt } from '#features/promises/promise.ts'
import { dutySupervisors } from '#features/routing/candidate-groups.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { openPromiseOf, type PromiseSubject, type ReadingPromise } from '#storage/promises/promises.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { staffOfTerritory } from '#storage/staff/staff.ts'
import { isKeptFromHolder } from './note-apart.ts'
import { readerOfRequest } from './request-reader.ts'

/**
 * We are late: what was promised for when, and who of the supervisors was told. `from`: what was said is «from nine», and no
 * hour by which.
 */
export type Lateness = {
  since: Date
  from: Date | null
  wants: 'word' | 'reading'
  told: boolean
  names: string[]
}

/** What somebody waits for: who reads it by when, as it was promised; or that we are late, and when it will be read now. */
export type Awaited = { expected: ExpectedReader; wants: 'word' | 'reading'; late: Lateness | null }

/** What the family of a request waits for; null if nothing is promised. */
export const awaitedOfRequest = async (
  reader: Reader,
  region: Region,
  request: Pick<RequestSummary, 'id' | 'status' | 'applicant' | 'territory' | 'claimedById' | 'assignedToId'>,
  now: Date,
  events = eventsOf(reader, request.id),
): Promise<Awaited | null> => {
  const expected = async () => {
    const apart = isKeptFromHolder(request, await events)
    return readerOfRequest(reader, region, { ...request, apart }, now)
  }
  const [reads, promise] = await Promise.all([expected(), openPromiseOf(reader, { requestId: request.id })])
  const awaited = promise && (await awaitedBy(reader, region, promise, { ...request, expected: reads, now }))
  // Nobody's name for somebody who wrote about another family.
  if (awaited?.late && request.applicant === 'other-person') awaited.late.names = []
  if (awaited || request.status !== 'submitted') return awaited
  return { expected: reads, wants: 'word', late: null }
}

/** What is promised of a conversation; null if nothing is. `expected`: who would read it from now on. */
export const awaitedOf = async (
  reader: Reader,
  region: Region,
  subject: PromiseSubject,
  at: Expecting,
): Promise<Awaited | null> => {
  const promise = await openPromiseOf(reader, subject)
  return promise && awaitedBy(reader, region, promise, at)
}

type Expecting = { expected: ExpectedReader; territory: string; now: Date }

const awaitedBy = async (
  reader: Reader,
  region: Region,
  promise: ReadingPromise,
  { expected, territory, now }: Expecting,
): Promise<Awaited> => {
  const promised = promisedAt(promise, now)
  const { wants } = promise
  if (!promised.late) {
    const { kind, at, due } = promised
    return { expected: { ...expected, kind, at, due }, wants, late: null }
  }
  // Where no supervisor is there, others are told in their place.
  const told = promise.notices > 0 && (await staffOfTerritory(reader, territory, 'supervisor')).length > 0
  const names = told ? (await dutySupervisors(reader, region, territory, now)).map(({ name }) => name) : []
  return {
    expected,
    wants,
    late: { since: promised.since, from: promised.from, wants, told, names },
  }
}
