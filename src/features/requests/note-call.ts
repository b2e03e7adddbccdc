import { DomainError } from '#core/errors.ts'
import { keepByWord } from '#features/promises/promise.ts'
import type { Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { bumpRevision } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { claimedCaseFor, type Staff } from './cases.ts'
import type { Actor } from './request-step.ts'

/**
 * Notes that the specialist who has the request has spoken with the family, which is a human word as a message is. Throws as
 * `claimedCaseFor` does.
 */
export const noteCall = async (
  tx: Tx,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<void> => {
  const request = await claimedCaseFor(tx, staff, requestId)
  await recordCall(tx, { request, by: { staffId: staff?.id }, now })
}

/**
 * The same for the centre's own system: the specialist who has the request has spoken with the family. Ends what was
 * promised; audited. Throws `already-closed`; `not-allowed` if nobody has it.
 */
export const recordCall = async (
  tx: Tx,
  { request, by, now }: { request: Request; by: Actor; now: Date },
): Promise<void> => {
  const { id: requestId, status, claimedById } = request
  if (status !== 'submitted' && status !== 'claimed') throw new DomainError('already-closed')
  if (status !== 'claimed' || claimedById === null) throw new DomainError('not-allowed')
  await addEvent(tx, { requestId, at: now, kind: 'called', ...by, staffId: claimedById })
  const actor = { staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null }
  await addAudit(tx, { at: now, action: 'request.called', requestId, ...actor })
  await bumpRevision(tx, requestId)
  await keepByWord(tx, { requestId }, now)
}
