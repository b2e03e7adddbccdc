import type { Reader } from '#storage/database.ts'
import { togetherOfRequest, type TogetherStatus } from '#storage/requests/together.ts'

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
