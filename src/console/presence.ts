import { othersAtPlace } from '#storage/console/console-access.ts'
import type { Visit } from './visit.ts'

/** Who opened a record so long ago may be looking at something else (ms). */
const thereMs = 5 * 60_000

/** The names of colleagues who have the same record open. */
export const othersAt = async (
  { deps, staff, now }: Pick<Visit, 'deps' | 'staff' | 'now'>,
  place: string | null,
): Promise<string[]> => {
  if (place === null) return []
  const since = new Date(now.getTime() - thereMs)
  return othersAtPlace(deps.database, { place, staffId: staff.id, since })
}
