import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { joinedStaff } from '#storage/staff/staff.ts'

/** Whose calendars a supervisor may choose: the curators of their territories, and their own; by name. */
export const colleaguesToSee = async (
  { database, region }: { database: Database; region: Region },
  staff: Staff & { name: string },
): Promise<{ id: string; name: string }[]> => {
  const territories = new Set(await territoriesServedBy(database, region, staff))
  const curators = (await joinedStaff(database, 'curator')).filter((one) =>
    one.territories.some((code) => territories.has(code)),
  )
  return [...curators, staff]
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ru'))
}
