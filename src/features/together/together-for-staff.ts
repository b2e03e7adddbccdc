import { type BlockReader, closedTo } from '#features/data-requests/blocks.ts'
import type { Reader } from '#storage/database.ts'
import { togetherOfRequest, type TogetherStatus } from '#storage/requests/together.ts'
import type { Sealer } from '#storage/seal.ts'
import { joinerNameOf } from './together-names.ts'

/** What staff see of those who ask together: the state, never a word that one of them said. */
export type TogetherForStaff = {
  status: TogetherStatus
  /** Since when it is as it is, and the last day of waiting. */
  since: Date
  until: Date
  /** The other one has agreed, as the representative, to what a minor asks. */
  agreed: boolean
}

export const togetherForStaff = async (
  reader: Reader,
  requestId: string,
): Promise<TogetherForStaff | null> => {
  const row = await togetherOfRequest(reader, requestId)
  return (
    row && {
      status: row.status,
      since: row.endedAt ?? row.joinedAt ?? row.answeredAt ?? row.startedAt,
      until: row.expiresAt,
      agreed: row.status === 'joined' && row.agreement?.kind === 'support-request',
    }
  )
}

/**
 * How whoever asks together with the applicant wants to be called, once both are in; null before and after, and while it is blocked to the
 * reader. A part of the contact: the caller checks the right and audits the access.
 */
export const joinerForStaff = async (
  reader: Reader,
  sealer: Sealer,
  { requestId, by, now }: { requestId: string; by: BlockReader; now: Date },
): Promise<string | null> => {
  const row = await togetherOfRequest(reader, requestId)
  if (row?.status !== 'joined') return null
  const closed = await closedTo(reader, { personIds: [row.joinerId], by, now })
  return closed.size > 0 ? null : joinerNameOf(sealer, row)
}
