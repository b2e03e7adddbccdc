import { isConcernOf } from '#features/staff/concern.ts'
import type { Reader } from '#storage/database.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import type { StaffMember, StaffRole } from '#storage/staff/staff.ts'

// The one place that decides what staff may do with a request that concerns them, as `family-access.ts` does for families.
// Every button and every screen that changes a request asks it. See ADR 57.

/**
 * `note`: adds what only staff read. `give`: names whoever has it from now on. `decide`: moves it along the stages, accepts
 * or closes it.
 */
export type RequestRight = 'note' | 'give' | 'decide'

/** One request, seen by one member of staff. */
export type RequestStanding = {
  active: boolean
  role: StaffRole
  /** Whether it concerns them at all: by territory, by assignment, or because it waits for anybody. */
  concerned: boolean
  relation: 'holder' | 'assignee' | 'none'
  /** `check`: withdrawn, and whether everybody is safe is still to be found out. `over`: there is nothing left to do. */
  state: 'waiting' | 'claimed' | 'check' | 'over'
}

export const requestRights = (standing: RequestStanding): ReadonlySet<RequestRight> =>
  new Set(rightsOf(standing))

const rightsOf = ({ active, role, concerned, relation, state }: RequestStanding): readonly RequestRight[] => {
  if (!active || !concerned || role === 'curator' || state === 'over') return []
  if (state === 'check') return ['note']
  if (state === 'claimed') {
    if (relation === 'holder') return ['note', 'give', 'decide']
    return role === 'supervisor' ? ['note', 'give'] : []
  }
  return role === 'supervisor' || relation === 'assignee' ? ['note', 'give'] : ['note']
}

type Asked = Pick<
  RequestSummary,
  'id' | 'territory' | 'status' | 'assignedToId' | 'claimedById' | 'safetyCheck'
>

/** The rights of a member with a request. */
export const rightsToRequest = async (
  reader: Reader,
  staff: Pick<StaffMember, 'id' | 'role' | 'active'>,
  request: Asked,
): Promise<ReadonlySet<RequestRight>> => {
  const { id, role, active } = staff
  return requestRights({
    active,
    role,
    concerned: await isConcernOf(reader, staff, request),
    relation: request.claimedById === id ? 'holder' : request.assignedToId === id ? 'assignee' : 'none',
    state: stateOf(request),
  })
}

export const stateOf = ({ status, safetyCheck }: Asked): RequestStanding['state'] => {
  if (status === 'submitted') return 'waiting'
  if (status === 'claimed') return 'claimed'
  return status === 'withdrawn' && safetyCheck === 'open' ? 'check' : 'over'
}
