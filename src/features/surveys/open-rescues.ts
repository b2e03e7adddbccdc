import { isCardReader } from '#features/families/card-readers.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { listRescues } from '#storage/surveys/survey-rescues.ts'

/** Each is looked at with several statements: the first ones are shown, and more when these are answered. */
const mostShown = 20

export type OpenRescue = { id: string; familyId: string; familyNumber: number; dueAt: Date }

/**
 * Who waits for a word from somebody other than their curator, the oldest first, among those whose card the member of staff may
 * read: whoever was rated learns of none, not even by a count.
 */
export const openRescuesFor = async (
  database: Database,
  region: Region,
  { staff, now }: { staff: Staff; now: Date },
): Promise<OpenRescue[]> => {
  if (staff.role === 'curator') return []
  const territories = await territoriesServedBy(database, region, staff)
  const shown: OpenRescue[] = []
  for (const rescue of await listRescues(database, { territories, open: true, limit: mostShown })) {
    const family = await findFamily(database, rescue.familyId)
    const about = { kind: 'survey-low-score', subjectId: rescue.id, now } as const
    if (!family || !(await isCardReader(database, region, staff, { family, ...about }))) continue
    const { id, familyId, dueAt } = rescue
    shown.push({ id, familyId, familyNumber: family.number, dueAt })
  }
  return shown
}
