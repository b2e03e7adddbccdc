import { openNeedCode } from '#features/needs/case-needs.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { membersOfMany, needsWithin } from '#storage/registers/family-rows.ts'
import type { RegisterScope } from '#storage/registers/register-scope.ts'
import type { Sealer } from '#storage/seal.ts'
import { staffNames } from '#storage/staff/staff-lists.ts'
import { episodesOf } from './episodes.ts'
import { openOn } from './on-a-day.ts'
import { type Count, countOf, type CountedRow } from './register.ts'

type Asked = Pick<RegisterScope, 'territories'> & {
  /** Of which day it tells. */
  day: string
  /** Whether the reader may read who works there. */
  curators: boolean
}

export const territoryColumns = (
  { categories }: Pick<Region, 'categories'>,
  { curators }: { curators: boolean },
): string[] => [
  ...['families', 'minors'],
  ...categories.map(({ code }) => code),
  ...(curators ? ['curators'] : []),
]

/** The «социальный паспорт» (Novgorod 3.2): who lives in each territory of those whom the centre supports, and who supports them. */
export const territoryRows = async (
  reader: Reader,
  { sealer, region }: { sealer: Sealer; region: Region },
  { territories, day, curators }: Asked,
): Promise<CountedRow[]> => {
  const scope = { territories, from: day, until: day }
  const asked = { ...scope, timeZone: region.timeZone, kinds: [] }
  const open = (await episodesOf(reader, asked)).filter((episode) => openOn(episode, day))
  const ids = [...new Set(open.map(({ familyId }) => familyId))]
  const minors = (await membersOfMany(reader, ids)).filter(({ role }) => role === 'minor')
  const needs = (await needsWithin(reader, scope)).filter(({ kind }) => kind === 'category')
  const categories = needs.map((need) => ({ familyId: need.familyId, code: openNeedCode(sealer, need) }))
  const names = curators ? await staffNames(reader, curatorsOf(open)) : []
  const own = region.territories.map(({ code }) => code)
  const codes = [...own, ...open.map(({ territory }) => territory)].filter(
    (code) => territories === 'all' || territories.includes(code),
  )
  return [...new Set(codes)].map((code) => {
    const here = open.filter(({ territory }) => territory === code)
    const families = new Set(here.map(({ familyId }) => familyId))
    const of = (rows: readonly { familyId: string }[]) =>
      rows.flatMap(({ familyId }) => (families.has(familyId) ? [familyId] : []))
    const children = of(minors)
    const counts: Record<string, Count> = {
      families: countOf(families),
      minors: { count: children.length, families: countOf(children).families },
      ...Object.fromEntries(
        region.categories.map((category) => [
          category.code,
          countOf(of(categories.filter((need) => need.code === category.code))),
        ]),
      ),
    }
    const ours = curatorsOf(here)
    const called = names.flatMap(({ id, name }) => (ours.includes(id) ? [name] : []))
    return { code, counts, ...(curators && { texts: { curators: called } }) }
  })
}

const curatorsOf = (rows: readonly { curatorId: string | null }[]): string[] => [
  ...new Set(rows.flatMap(({ curatorId }) => curatorId ?? [])),
]
