import { blockOf, closedTo } from '#features/data-requests/blocks.ts'
import type { Reader } from '#storage/database.ts'
import { type Block, isErased } from '#storage/data-requests/restrictions.ts'
import type { Request } from '#storage/requests/requests.ts'
import { isDangerOpen } from './danger-first.ts'

export type CaseBlock = {
  /** The applicant's data are blocked; null also while somebody may be in danger. */
  blocked: Block | null
  /** Whether what is blocked is closed to the reader. */
  closed: boolean
  /** The applicant was erased: but for number, territory and month nothing here says anything of them. */
  erased: boolean
}

/** What a staff member's card says of an erasure or a block, and whether they have given a reason. */
export const caseBlock = async (
  reader: Reader,
  { staffId, request, now }: { staffId: string; request: Request; now: Date },
): Promise<CaseBlock> => {
  const { personId } = request
  const blocked = isDangerOpen(request) ? null : await blockOf(reader, personId)
  const erased = await isErased(reader, personId)
  if (!blocked) return { blocked, closed: false, erased }
  const closed = await closedTo(reader, { personIds: [personId], by: { staffId }, now })
  return { blocked, closed: closed.size > 0, erased }
}
