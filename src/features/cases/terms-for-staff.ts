import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import { type ListedTerm, openTerms } from '#storage/cases/term-lists.ts'
import type { Database } from '#storage/database.ts'
import { dayOfMoment } from './case-record.ts'

/** Nobody works through a longer list. */
const most = 200

export type TermView = 'due' | 'overdue' | 'all'

/**
 * Open terms of the families of a curator, for a supervisor of all of their territories: those that are near or past, past, or all;
 * the first to end first, those of one family beside each other. Numbers and codes only, nothing personal.
 */
export const termsForStaff = async (
  { database, region }: { database: Database; region: Region },
  { staff, show, now }: { staff: Staff; show: TermView; now: Date },
): Promise<ListedTerm[]> => {
  const today = dayOfMoment(region, now)
  const whose =
    staff.role === 'supervisor'
      ? { territories: await territoriesServedBy(database, region, staff) }
      : { territories: 'all' as const, curatorId: staff.id }
  const filter = {
    ...whose,
    ...(show === 'due' && { nearBy: today }),
    ...(show === 'overdue' && { endedBefore: today }),
  }
  const found = await openTerms(database, filter, { limit: most })
  return found.toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.number - b.number)
}
