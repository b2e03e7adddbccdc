import { DomainError } from '#core/errors.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { openRequestsKeptFrom } from '#storage/requests/request-events.ts'
import { lockRequest, openRequestsOf } from '#storage/requests/requests.ts'
import { type Recipient, recipientsFor } from './act-on-case.ts'
import type { Staff } from './cases.ts'
import { overseeRequest } from './oversight.ts'
import type { StepDeps } from './request-step.ts'
import { assignRequest, passOnRequest } from './request-transitions.ts'

// All open requests of a colleague, which a supervisor gives to somebody, or to all by the routing's rule. Each family is told.

/** Who could take requests of these territories, those there first. */
export const takersOfRequests = async (
  reader: Reader,
  region: Region,
  {
    territories,
    ...asking
  }: { territories: readonly string[]; without: string; readerId: string; now: Date },
): Promise<Recipient[]> => {
  const found = new Map<string, Recipient>()
  for (const territory of territories)
    for (const one of await recipientsFor(reader, region, { territory, ...asking })) found.set(one.id, one)
  return [...found.values()]
}

/**
 * Gives them to `to`, or by the routing's rule (null). The reason stands in each request's history, and as oversight of those
 * that had been taken. What is kept from the supervisor stays where it is. Returns how many could not be given.
 */
export const handRequests = async (
  tx: Tx,
  deps: StepDeps,
  given: { staff: Staff; memberId: string; to: string | null; reason: string; now: Date },
): Promise<{ given: number; left: number }> => {
  const counts = { given: 0, left: 0 }
  // Nor does the number of what is left tell of them.
  const kept = new Set((await openRequestsKeptFrom(tx, given.staff.id)).map(({ id }) => id))
  for (const requestId of (await openRequestsOf(tx, given.memberId)).filter((id) => !kept.has(id)))
    counts[(await handOne(tx, deps, { ...given, requestId })) ? 'given' : 'left'] += 1
  return counts
}

const handOne = async (
  tx: Tx,
  deps: StepDeps,
  { requestId, staff, memberId, to, reason, now }: Parameters<typeof handRequests>[2] & { requestId: string },
): Promise<boolean> => {
  const request = await lockRequest(tx, requestId)
  if (request?.assignedToId !== memberId || !(await isConcernOf(tx, staff, request))) return false
  const by = { staffId: staff.id }
  try {
    if (to === null) await passOnRequest(tx, deps, { request, reason, by, staffId: memberId, now })
    else await assignRequest(tx, deps, { request, staffId: to, by, now })
  } catch (error) {
    // Refused before anything was written.
    if (!(error instanceof DomainError)) throw error
    if (error.code !== 'not-eligible' && error.code !== 'nobody-else') throw error
    return false
  }
  if (request.status === 'claimed') await overseeRequest(tx, deps.sealer, { staff, request, reason, now })
  return true
}
