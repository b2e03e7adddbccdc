import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Tx } from '#storage/database.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import { findStaff, staffOfTerritory } from '#storage/staff/staff.ts'
import { writeToFamily } from './conversation.ts'
import { isSilenced } from './family-notice.ts'
import type { Actor, StepDeps } from './request-step.ts'
import { passOnRequest } from './request-transitions.ts'
import { type RequestAccess, requestForCaller, type ShownRequest, showRequest } from './requests-api.ts'

// Request transitions for API keys: the same steps and rules as in the bot.

/**
 * Locks only within the key's territories: waiting for the lock of another request would reveal that it
 * exists.
 */
const lockForCaller =
  ({ caller }: RequestAccess) =>
  (tx: Tx, id: string): Promise<Request | null> =>
    lockRequest(tx, id, caller.territories)

type Change = (request: Request, by: Actor) => Promise<void>

/**
 * Changes a locked request and shows the result. Throws `not-found`; `stale` if `revision` is given and
 * outdated; and whatever the change throws.
 */
export const changeRequest = async (
  tx: Tx,
  { revision, now, ...of }: RequestAccess & { revision: number | undefined; now: Date },
  change: Change,
): Promise<ShownRequest> => {
  const request = await requestForCaller(tx, of, lockForCaller(of))
  if (revision !== undefined && revision !== request.revision) throw new DomainError('stale')
  await change(request, { apiKeyId: of.caller.keyId })
  return showRequest(tx, { ...of, now })
}

/**
 * Throws `not-eligible` if the member is unknown, inactive, or cannot be assigned a request of the key's
 * territories: they must serve one of them, or one must have nobody of their role.
 */
export const mustReachMember = async (tx: Tx, caller: Caller, staffId: string): Promise<void> => {
  const member = await findStaff(tx, staffId)
  if (!member?.active) throw new DomainError('not-eligible')
  if (caller.territories === 'all' || member.territories.some((code) => reachesTerritory(caller, code)))
    return
  for (const territory of caller.territories) {
    const serving = await staffOfTerritory(tx, territory, member.role)
    if (serving.some(({ id }) => id === staffId)) return
  }
  throw new DomainError('not-eligible')
}

/**
 * Passes a request on from its assignee, or from the named member if it is unassigned. Throws `not-allowed`
 * if `named` is not the assignee, or is missing for an unassigned request; otherwise as `passOnRequest` does.
 */
export const passOnForCaller = async (
  tx: Tx,
  deps: StepDeps,
  {
    request,
    named,
    reason,
    caller,
    now,
  }: { request: Request; named: string | undefined; reason: string; caller: Caller; now: Date },
): Promise<void> => {
  const holder = request.status === 'claimed' ? request.claimedById : request.assignedToId
  if (named !== undefined) await mustReachMember(tx, caller, named)
  const staffId = holder ?? named
  if (staffId === undefined || (named !== undefined && named !== staffId))
    throw new DomainError('not-allowed')
  await passOnRequest(tx, deps, { request, reason, by: { apiKeyId: caller.keyId }, staffId, now })
}

/**
 * Writes to the family as the specialist who has the request. Throws `not-found`; `not-allowed` if nobody has
 * it. `silent`: no notification is sent, by the family's wish or for its safety; the message is shown when
 * they open the bot.
 */
export const writeForCaller = async (
  tx: Tx,
  deps: StepDeps,
  { text, now, ...of }: RequestAccess & { text: string; now: Date },
): Promise<{ id: bigint; silent: boolean }> => {
  const request = await requestForCaller(tx, of, lockForCaller(of))
  if (request.status !== 'claimed' || request.claimedById === null) throw new DomainError('not-allowed')
  const message = { requestId: of.id, staffId: request.claimedById, apiKeyId: of.caller.keyId, text, now }
  const id = await writeToFamily(tx, deps, message)
  return { id, silent: await isSilenced(tx, deps.sealer, request) }
}
