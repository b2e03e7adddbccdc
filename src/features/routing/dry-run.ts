import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { readSpecialists } from '#storage/routing.ts'
import { fallbackGroup } from './groups.ts'
import { type Route, route, type Wanted } from './route.ts'

/** Who would get such a request now, and why; `fallback`: ids of those who would be told where nobody can be given it. */
export const dryRun = async (
  reader: Reader,
  { region }: { region: Region },
  { now, ...wanted }: Pick<Wanted, 'territory' | 'urgent' | 'minor' | 'language'> & { now: Date },
): Promise<Route & { fallback: string[] }> => {
  const { timeZone } = region
  const specialists = await readSpecialists(reader, { now })
  const judged = route({ ...wanted, excluded: [], timeZone }, specialists, now)
  const group = judged.choice === null ? await fallbackGroup(reader, region, wanted.territory, now) : []
  return { ...judged, fallback: group.map(({ id }) => id) }
}
