import { dayAt } from '#features/deadlines/deadlines.ts'
import { namesFor } from '#features/families/members.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { type SupportLevel, supportLevels } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { addFirstNames } from '#storage/staff/audit.ts'
import { namesOfStaff, type StaffRole } from '#storage/staff/staff.ts'
import { type AskedVisits, type FamilyListScope, listFamiliesByNeed } from '#storage/worklist/family-list.ts'
import { membersOfFamilies, openFamiliesIn } from '#storage/worklist/open-work.ts'
import { dayOf, type FamilyWork, type WorkPage, familiesWithNeeds } from './open-work.ts'

// The families that concern a member of staff, to be filtered: whose, at which stage, at which level, and not visited.

export const familyViews = ['all', 'mine', 'orphans', 'closed'] as const
/** `all`: of all of their territories; `orphans`: nobody reachable curates them. */
export type FamilyView = (typeof familyViews)[number]

/** What there is for a role; the first one is shown unless another one is asked for. */
export const familyViewsOf: Readonly<Record<StaffRole, readonly [FamilyView, ...FamilyView[]]>> = {
  supervisor: ['all', 'mine', 'orphans', 'closed'],
  curator: ['mine', 'closed'],
  intake: ['orphans'],
}

export type FamilyListAsked = {
  view?: FamilyView | undefined
  stage?: string | undefined
  level?: SupportLevel | 'none' | undefined
  /** Only families that were visited less often than their level asks for. */
  notVisited?: boolean | undefined
}

export type ListedFamily = FamilyWork & {
  /** Of their own curator's families alone. */
  names: string[]
  curator: string | null
}

type Deps = { database: Database; region: Region; sealer: Sealer }

/**
 * A page of families, the most pressing first. Members' names are shown to their own curator, which is audited once a day for each
 * family. A view that is not of the role is the first one that is.
 */
export const listFamiliesForStaff = async (
  deps: Deps,
  {
    staff,
    now,
    page,
    size,
    ...asked
  }: FamilyListAsked & { staff: Staff; now: Date; page: number; size: number },
): Promise<WorkPage<ListedFamily> & { view: FamilyView }> => {
  const { database, region, sealer } = deps
  const views = familyViewsOf[staff.role]
  const view = views.find((one) => one === asked.view) ?? views[0]
  const { stage, level } = asked
  const filter = {
    ...{ scope: await scopeOf(deps, staff, view), closed: view === 'closed', stage, level },
    ...(asked.notVisited && view !== 'closed' && { notVisited: visitsAsked(region, now) }),
  }
  const today = dayOf(region, now)
  const day = dayAt(now, region.timeZone).toString()
  const around = { readerId: staff.id, now, today, day }
  const take = (from: number) =>
    listFamiliesByNeed(database, filter, around, { limit: size, offset: from * size })
  const first = await take(page)
  const pages = Math.max(1, Math.ceil(first.total / size))
  const shown = Math.min(page, pages - 1)
  // A link to a page that is no more leads to the last one.
  const { ids, total } = shown === page ? first : await take(shown)
  const found = await openFamiliesIn(database, { familyIds: ids }, { readerId: staff.id, today })
  const known = new Map((await familiesWithNeeds(deps, found, now)).map((one) => [one.id, one]))
  const items = ids.flatMap((id) => known.get(id) ?? [])
  const own = items.filter(({ curatorId }) => curatorId === staff.id).map(({ id }) => id)
  const members = await membersOfFamilies(database, own)
  if (members.size > 0)
    await addFirstNames(database, { familyIds: [...members.keys()], now, staffId: staff.id })
  const named = { members: [...members.values()].flat(), by: { staffId: staff.id }, now }
  const names = await namesFor(database, sealer, named)
  const curators = await namesOfStaff(database, [...new Set(items.flatMap((one) => one.curatorId ?? []))])
  return {
    ...{ view, total, page: shown, pages },
    items: items.map((one) => ({
      ...one,
      names: (members.get(one.id) ?? []).flatMap(({ id }) => names.get(id) || []),
      curator: curators.get(one.curatorId ?? '') ?? null,
    })),
  }
}

const scopeOf = async (
  { database, region }: Deps,
  staff: Staff,
  view: FamilyView,
): Promise<FamilyListScope> => {
  if (view === 'mine' || staff.role === 'curator') return { curatorId: staff.id }
  const territories = await territoriesServedBy(database, region, staff)
  return { territories, orphans: view === 'orphans' }
}

const dayMs = 24 * 60 * 60 * 1000
const spanMs = { week: 7 * dayMs, month: 31 * dayMs }

/** How many visits each level asks for in the week or month up to now. Pure. */
const visitsAsked = ({ visitCadence }: Pick<Region, 'visitCadence'>, now: Date): AskedVisits[] =>
  supportLevels.map((level) => {
    const { atLeast, per } = visitCadence[level].value
    return { level, atLeast, since: new Date(now.getTime() - spanMs[per]) }
  })
