import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import { caseEventsOfFamilies, inForce } from '#storage/cases/case-events.ts'
import { lastEpisodes } from '#storage/cases/episodes.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { visitDaysOf } from '#storage/visits/visit-lists.ts'
import { type CadenceKept, cadenceKept, levelTimes } from './cadence-parts.ts'

/** `scheduled`: visits of the running week or month that are still planned. */
export type CadenceOfFamily = CadenceKept & { scheduled: number }

type Asked = Pick<Family, 'id' | 'level'>

/** How the cadence of a family's level has been kept since the beginning of its help; null if nothing is asked for. */
export const cadenceOfFamily = async (
  reader: Reader,
  region: Region,
  family: Asked,
  now: Date,
): Promise<CadenceOfFamily | null> => (await cadencesOf(reader, region, [family], now)).get(family.id) ?? null

/** The same of many families, read together; without those of which nothing is asked. */
export const cadencesOf = async (
  reader: Reader,
  region: Region,
  families: readonly Asked[],
  now: Date,
): Promise<Map<string, CadenceOfFamily>> => {
  const ids = families.map(({ id }) => id)
  const { timeZone } = region
  const today = dayAt(now, timeZone).toString()
  const episodes = new Map((await lastEpisodes(reader, ids)).map((one) => [one.familyId, one.id]))
  const events = await caseEventsOfFamilies(reader, ids)
  const times = new Map(
    families.map(({ id, level }) => {
      const own = inForce(events.get(id) ?? []).filter(({ episodeId }) => episodeId === episodes.get(id))
      return [id, levelTimes({ events: own, level }, today)]
    }),
  )
  const helped = [...times].filter(([, own]) => own.length > 0)
  const [since] = helped.flatMap(([, own]) => own.map(({ from }) => from)).sort()
  if (since === undefined) return new Map()
  const visits = Map.groupBy(
    await visitDaysOf(reader, { familyIds: helped.map(([id]) => id), since, timeZone }),
    ({ familyId }) => familyId,
  )
  const found = new Map<string, CadenceOfFamily>()
  for (const [id, own] of helped) {
    const days = (status: 'done' | 'planned') =>
      (visits.get(id) ?? []).flatMap((one) => (one.status === status ? [one.day] : []))
    const kept = cadenceKept(region, { times: own, visits: days('done'), today })
    if (!kept) continue
    const { from, until } = kept.now
    found.set(id, { ...kept, scheduled: days('planned').filter((day) => day >= from && day <= until).length })
  }
  return found
}
