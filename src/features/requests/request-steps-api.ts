import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Tx } from '#storage/database.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import { findStaff, staffOfTerritory } from '#storage/staff/staff.ts'
import { isSilenced } from './family-notice.ts'
import { type RequestAccess, requestForCaller, type ShownRequest, showRequest } from './requests-api.ts'
import { type Actor, passOnRequest, type StepDeps } from './request-transitions.ts'
import { writeToFamily } from './conversation.ts'

// What the centre's own systems do with requests: the steps are those of the bot, and so are their rules.

/** Whoever may not see a request must not wait for it: how long that takes would tell that it is there. */
const lockForCaller =
  ({ caller }: RequestAccess) =>
  (tx: Tx, id: string): Promise<Request | null> =>
    lockRequest(tx, id, caller.territories)

type Change = (request: Request, by: Actor) => Promise<void>

/**
 * Takes a step with a request, which nobody else changes meanwhile, and shows it as it is then. Throws `not-found`,
 * `stale` where the caller had read another `revision`, and whatever the step does.
 */
export const changeRequest = async (
  tx: Tx,
  { revision, ...of }: RequestAccess & { revision: number | undefined },
  change: Change,
): Promise<ShownRequest> => {
  const request = await requestForCaller(tx, of, lockForCaller(of))
  if (revision !== undefined && revision !== request.revision) throw new DomainError('stale')
  await change(request, { apiKeyId: of.caller.keyId })
  return showRequest(tx, of)
}

/**
 * Throws `not-eligible` for a member who is unknown, inactive, or whom no request of the key's territories may be given
 * to: that is who serves one of them, and everybody of the role for one that nobody serves.
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
 * Passes a request on from whoever has it; one that is nobody's, from the member who is named. Throws `not-allowed`
 * where another has it than the one who is named, or nobody is, and as `passOnRequest` does.
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
 * Writes to the family as the specialist who has the request. Throws `not-found`, and `not-allowed` where nobody has it.
 * `silent`: the family is sent nothing, as it wishes or as is safe, and reads the words when it comes by itself.
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
