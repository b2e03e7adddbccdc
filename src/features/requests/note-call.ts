import { keepByWord } from '#features/promises/promise.ts'
import type { Tx } from '#storage/database.ts'
import { bumpRevision } from '#storage/requests/request-steps.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { claimedCaseFor, type Staff } from './cases.ts'

/**
 * Notes that the specialist who has the request has spoken with the family, which is a human word as a message is. Throws as
 * `claimedCaseFor` does.
 */
export const noteCall = async (
  tx: Tx,
  { staff, requestId, now }: { staff: Staff | null | undefined; requestId: string; now: Date },
): Promise<void> => {
  await claimedCaseFor(tx, staff, requestId)
  await addEvent(tx, { requestId, at: now, kind: 'called', staffId: staff?.id })
  await bumpRevision(tx, requestId)
  await keepByWord(tx, { requestId }, now)
}
