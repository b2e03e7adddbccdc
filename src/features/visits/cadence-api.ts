import { familyForCaller, type FamilyAccess } from '#features/families/families-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Reader } from '#storage/database.ts'
import { type ActiveFamily, activeFamiliesAfter } from '#storage/families/active-families.ts'
import type { CadencePart } from './cadence-parts.ts'
import { cadenceOfFamily, type CadenceOfFamily, cadencesOf } from './cadence-of-family.ts'

/** Throws `not-found`. Null if nothing is asked of its help. */
export const cadenceForCaller = async (
  reader: Reader,
  region: Region,
  { now, ...of }: FamilyAccess & { now: Date },
): Promise<CadenceOfFamily | null> => cadenceOfFamily(reader, region, await familyForCaller(reader, of), now)

/** Visits that a week or month still asks for. Pure. */
export const owedOf = ({ atLeast, done }: Pick<CadencePart, 'atLeast'> & { done: number }): number =>
  Math.max(0, atLeast - done)

export const cadenceViews = ['short', 'owed'] as const
/** Too few visits in the last week or month that is over, or some still to come in the running one. */
export type CadenceView = (typeof cadenceViews)[number]

const lacks: Record<CadenceView, (kept: CadenceOfFamily) => boolean> = {
  short: ({ before }) => before !== null && owedOf(before) > 0,
  owed: ({ now }) => owedOf(now) > 0,
}

/** How many families are looked at together, and for one page: what a region asks of visits no index knows. */
const [together, mostLookedAt] = [200, 2_000]

type Listing = { caller: Caller; show: CadenceView; after: number; limit: number; now: Date }
type Lacking = ActiveFamily & { kept: CadenceOfFamily }

/**
 * Families under support that lack visits, by number. `next`: the number after which to go on, also where this page is not full, because
 * only so many families are looked at for one; null at the end.
 */
export const familiesLackingVisits = async (
  database: Database,
  region: Region,
  { caller, show, after, limit, now }: Listing,
): Promise<{ items: Lacking[]; next: number | null }> => {
  const { territories } = caller
  const items: Lacking[] = []
  let last = after
  for (let looked = 0; looked < mostLookedAt; looked += together) {
    const asked = { region: region.code, territories, after: last, limit: together }
    const families = await activeFamiliesAfter(database, asked)
    const kept = await cadencesOf(database, region, families, now)
    for (const family of families) {
      const own = kept.get(family.id)
      if (own && lacks[show](own)) items.push({ ...family, kept: own })
      last = family.number
      if (items.length === limit) return { items, next: last }
    }
    if (families.length < together) return { items, next: null }
  }
  return { items, next: last }
}
