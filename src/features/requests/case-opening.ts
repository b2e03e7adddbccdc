import { DomainError } from '#core/errors.ts'
import type { Tx } from '#storage/database.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import type { Case, Staff } from './cases.ts'

/**
 * Whether what is sealed of a request is shown to somebody who opens its page: `shown` to whoever works with it, `offered` where
 * they may look but need not, `reason` where they have to say why first, `kept` where it is not theirs,
 * `blocked` where the data are blocked for a data request.
 */
export type CaseOpening = 'shown' | 'offered' | 'reason' | 'kept' | 'blocked'

type Opened = Pick<
  Case,
  'concerns' | 'status' | 'checkOpen' | 'claimedById' | 'assignedToId' | 'oversight' | 'closed'
>

/** What the bot's card offers, of a page. Pure. */
export const openingOf = (
  { concerns, status, checkOpen, claimedById, assignedToId, oversight, closed }: Opened,
  { id, role }: Pick<Staff, 'id' | 'role'>,
): CaseOpening => {
  if (!concerns) return 'kept'
  if (closed) return 'blocked'
  if (oversight === 'needed') return 'reason'
  if (checkOpen || oversight === 'given') return 'shown'
  if (status === 'claimed') return claimedById === id ? 'shown' : 'kept'
  if (status !== 'submitted') return claimedById === id || role === 'supervisor' ? 'offered' : 'kept'
  return assignedToId === id || assignedToId === null ? 'shown' : 'offered'
}

/** Refuses what was decided on a page that shows an earlier state of the request: throws `stale`. */
export const mustBeAsDrawn = async (tx: Tx, requestId: string, revision: number): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request && request.revision !== revision) throw new DomainError('stale')
}
