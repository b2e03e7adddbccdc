import type { Reader } from '#storage/database.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { type StaffMember, staffOfTerritory } from '#storage/staff/staff.ts'

type Member = Pick<StaffMember, 'id' | 'role' | 'active'>

/**
 * Whether a request concerns a member: it is assigned to them or claimed by them, they serve its territory
 * (or nobody of their role does), or it waits unassigned for any specialist. Applies to specialists and
 * supervisors only.
 */
export const isConcernOf = async (
  reader: Reader,
  member: Member,
  request: Pick<RequestSummary, 'territory' | 'status' | 'assignedToId' | 'claimedById'>,
): Promise<boolean> => {
  if (!member.active || member.role === 'curator') return false
  if (request.assignedToId === member.id || request.claimedById === member.id) return true
  if (member.role === 'intake' && request.status === 'submitted' && request.assignedToId === null) return true
  return (await staffOfTerritory(reader, request.territory, member.role)).some(({ id }) => id === member.id)
}
