import { other } from '#features/intake/questions.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { queue, type RequestSummary } from '#storage/requests/requests.ts'
import { joinedStaff } from '#storage/staff/staff.ts'
import type { Staff } from './cases.ts'
import { type Routed, routedOf } from './assignment-info.ts'

export type Waiting = RequestSummary & Routed

/**
 * Unclaimed requests that are this member's concern: for a supervisor those first that were escalated, then urgent
 * ones, then the oldest. `page` counts from 0.
 */
export const queueFor = async (
  database: Database,
  region: Region,
  staff: Staff,
  page: number,
  size: number,
): Promise<{ items: Waiting[]; total: number; pages: number }> => {
  const of = {
    territories: await territoriesOf(database, region, staff),
    staffId: staff.id,
    anybodys: staff.role === 'intake',
    escalatedFirst: staff.role === 'supervisor',
  }
  const { items, total } = await queue(database, of, { limit: size, offset: page * size })
  const routed = await routedOf(database, items)
  return {
    items: items.map((item) => ({ ...item, ...(routed.get(item.id) ?? { assignedTo: null, why: null }) })),
    total,
    pages: Math.max(1, Math.ceil(total / size)),
  }
}

const territoriesOf = async (database: Database, region: Region, staff: Staff): Promise<string[]> =>
  staff.role === 'curator' ? [] : servedBy(database, region, staff)

/** The member's own territories, and those that nobody of the role serves: nothing is without a reader. */
export const servedBy = async (database: Database, region: Region, staff: Staff): Promise<string[]> => {
  const all = [...region.territories.map(({ code }) => code), other]
  const served = new Set((await joinedStaff(database, staff.role)).flatMap((member) => member.territories))
  return all.filter((code) => staff.territories.includes(code) || !served.has(code))
}
