import { otherOption } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Reader } from '#storage/database.ts'
import { waitingRequests, type RequestSummary } from '#storage/requests/requests.ts'
import { joinedStaff } from '#storage/staff/staff.ts'
import type { Staff } from './cases.ts'
import { type AssignmentInfo, assignmentInfoOf } from './assignment-info.ts'

export type QueuedRequest = RequestSummary & AssignmentInfo

/**
 * A page of the unclaimed requests that concern a member: for a supervisor escalated ones first, then urgent
 * ones, then the oldest. `page` counts from 0.
 */
export const queueForStaff = async (
  database: Database,
  region: Region,
  staff: Staff,
  page: number,
  size: number,
): Promise<{ items: QueuedRequest[]; total: number; pages: number }> => {
  const of = {
    territories: await territoriesOf(database, region, staff),
    staffId: staff.id,
    anybodys: staff.role === 'intake',
    escalatedFirst: staff.role === 'supervisor',
  }
  const { items, total } = await waitingRequests(database, of, { limit: size, offset: page * size })
  const routed = await assignmentInfoOf(database, items)
  return {
    items: items.map((item) => ({ ...item, ...(routed.get(item.id) ?? { assignedTo: null, why: null }) })),
    total,
    pages: Math.max(1, Math.ceil(total / size)),
  }
}

const territoriesOf = async (database: Database, region: Region, staff: Staff): Promise<string[]> =>
  staff.role === 'curator' ? [] : territoriesServedBy(database, region, staff)

/**
 * The member's territories and those that nobody of their role serves, so that every territory has a reader.
 */
export const territoriesServedBy = async (
  database: Reader,
  region: Region,
  staff: Staff,
): Promise<string[]> => {
  const all = [...region.territories.map(({ code }) => code), otherOption]
  const served = new Set((await joinedStaff(database, staff.role)).flatMap((member) => member.territories))
  return all.filter((code) => staff.territories.includes(code) || !served.has(code))
}
