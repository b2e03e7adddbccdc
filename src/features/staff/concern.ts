import type { Reader } from '#storage/database.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import type { RequestSummary } from '#storage/requests/requests.ts'
import { type StaffMember, staffOfTerritory } from '#storage/staff/staff.ts'

type Member = Pick<StaffMember, 'id' | 'role' | 'active'>

/**
 * Whether a request concerns a member: it is assigned to them or claimed by them, they serve its territory
 * (or nobody of their role does), or it waits unassigned for any specialist. Applies to specialists and
 * supervisors only. Somebody from whom a line of it is kept, and who has it no more, has nothing to do with it: what is written
 * later, or that it became urgent, is not for them either (ADR 60).
 */
export const isConcernOf = async (
  reader: Reader,
  member: Member,
  request: Pick<RequestSummary, 'id' | 'territory' | 'status' | 'assignedToId' | 'claimedById'>,
): Promise<boolean> => {
  if (!member.active || member.role === 'curator') return false
  if (request.assignedToId === member.id || request.claimedById === member.id) return true
  if ((await hiddenFromInRequest(reader, request.id)).includes(member.id)) return false
  if (member.role === 'intake' && request.status === 'submitted' && request.assignedToId === null) return true
  return (await staffOfTerritory(reader, request.territory, member.role)).some(({ id }) => id === member.id)
}
