import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { openPromiseOf } from '#storage/promises/promises.ts'
import { hasOverseen, insertOversight } from '#storage/requests/oversights.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { isKeptFromHolder } from './note-apart.ts'

// What somebody else has taken, a supervisor of its territory opens with a reason, which holds for half a day.

type Overseer = { id: string; role: StaffRole }
type Overseen = Pick<Request, 'id' | 'status' | 'claimedById' | 'assignedToId'>

const holdsForMs = 12 * 60 * 60_000

/** `none`: no reason is needed, and others than supervisors may not give one. */
export type OversightState = 'none' | 'needed' | 'given'

export const oversightOf = async (
  reader: Reader,
  staff: Overseer,
  request: Overseen,
  now: Date,
): Promise<OversightState> => {
  const { id: requestId, status, claimedById } = request
  if (staff.role !== 'supervisor' || status !== 'claimed' || claimedById === staff.id) return 'none'
  // A family that we keep waiting is the supervisor's: they were told to act, and that is the reason.
  const promise = await openPromiseOf(reader, { requestId })
  if (promise && promise.dueAt < now) return 'given'
  // What is kept from whoever has it was sent to the supervisors.
  if (isKeptFromHolder(request, await eventsOf(reader, requestId))) return 'given'
  const since = new Date(now.getTime() - holdsForMs)
  return (await hasOverseen(reader, { requestId, staffId: staff.id, since })) ? 'given' : 'needed'
}

/** Throws `not-allowed` for a supervisor who has not said why they open what somebody else has taken. */
export const mustHaveReason = async (
  reader: Reader,
  staff: Overseer | null | undefined,
  request: Overseen,
  now: Date,
): Promise<void> => {
  if (staff && (await oversightOf(reader, staff, request, now)) === 'needed')
    throw new DomainError('not-allowed')
}

/** Records why a supervisor opens a request that somebody else has; audited. Throws `not-allowed` for anybody else. */
export const overseeRequest = async (
  tx: Tx,
  sealer: Sealer,
  { staff, request, reason, now }: { staff: Overseer; request: Request; reason: string; now: Date },
): Promise<void> => {
  if ((await oversightOf(tx, staff, request, now)) === 'none') throw new DomainError('not-allowed')
  const id = newId()
  const { id: staffId } = staff
  const own = await sealerOf(tx, sealer, { person: request.personId })
  const sealed = own.seal(reason, `oversights.reason.${id}`)
  await insertOversight(tx, { id, requestId: request.id, staffId, reason: sealed, at: now })
  await addAudit(tx, { staffId, action: 'request.overseen', requestId: request.id, at: now })
}
