import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { listVisits } from '#storage/visits/visit-lists.ts'
import { type CadenceKept, cadenceKept, levelTimes } from './cadence-parts.ts'

/** Three visits a week for three years. */
const most = 500

/** How the cadence of a family's level has been kept since the beginning of its help; null if nothing is asked for. */
export const cadenceOfFamily = async (
  reader: Reader,
  region: Region,
  { id: familyId, level }: Pick<Family, 'id' | 'level'>,
  now: Date,
): Promise<CadenceKept | null> => {
  const episode = await lastEpisode(reader, familyId)
  const rows = inForce(await caseEventsOf(reader, familyId))
  const events = rows.filter(({ episodeId }) => episodeId === episode?.id)
  const today = dayAt(now, region.timeZone).toString()
  const times = levelTimes({ events, level }, today)
  const [first] = times
  if (!first) return null
  // A day more than any zone is away from UTC; the days are compared below.
  const since = new Date(Date.parse(first.from) - 24 * 60 * 60_000)
  const done = await listVisits(reader, { familyId, since, statuses: ['done'] }, { limit: most })
  const visits = done.map(({ startsAt }) => dayAt(startsAt, region.timeZone).toString())
  return cadenceKept(region, { times, visits, today })
}
