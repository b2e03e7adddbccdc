import { dayAt } from '#features/deadlines/deadlines.ts'
import { namesFor } from '#features/families/members.ts'
import type { Staff } from '#features/requests/cases.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import { termsOfFamilies } from '#storage/cases/case-terms.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addFirstNames } from '#storage/staff/audit.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import {
  membersOfFamilies,
  type OpenFamily,
  type OpenRequest,
  openFamiliesIn,
  openRequestsIn,
  stagesOfFamilies,
  stagesOfRequests,
  type WorkScope,
} from '#storage/worklist/open-work.ts'
import { familiesActedAt, requestsActedAt } from '#storage/worklist/work-clocks.ts'
import { byNeed, type CaseNeed, needOf } from './needs.ts'

// What is whose to do: the requests and families of a specialist or curator, and for supervisors all of their territories.

type Deps = { database: Database; region: Region; sealer: Sealer }
type Asked = { staff: Staff; now: Date }

/** Everybody's own, but a supervisor's is what all of their territories have open. */
const scopeOf = async ({ database, region }: Deps, staff: Staff): Promise<WorkScope> =>
  staff.role === 'supervisor'
    ? { territories: await territoriesServedBy(database, region, staff), readerId: staff.id }
    : { staffId: staff.id }

export type RequestWork = OpenRequest & CaseNeed
export type FamilyWork = OpenFamily & CaseNeed

/** The open requests of a member of staff, the most pressing first. */
export const requestsOfStaff = async (deps: Deps, { staff, now }: Asked): Promise<RequestWork[]> =>
  requestsWithNeeds(deps, await openRequestsIn(deps.database, await scopeOf(deps, staff)), now)

/** Open requests with what each needs, the most pressing first. */
export const requestsWithNeeds = async <R extends OpenRequest>(
  { database, region }: Deps,
  found: readonly R[],
  now: Date,
): Promise<(R & CaseNeed)[]> => {
  const ids = found.map(({ id }) => id)
  const began = Map.groupBy(await stagesOfRequests(database, ids), ({ id }) => id)
  const acted = await requestsActedAt(database, ids)
  return found
    .map((one): R & CaseNeed => {
      const { id, stage, submittedAt, appliedAt, promisedAt } = one
      const actedAt = acted.get(id) ?? one.claimedAt ?? submittedAt
      const state = { stage, appliedAt, began: began.get(id) ?? [], actedAt, promisedAt }
      return { ...one, ...needOf(region, { ...state, unread: false, visitAt: null }, now) }
    })
    .sort((a, b) => byNeed(a, b) || Number(b.urgent) - Number(a.urgent))
}

/**
 * The families of a curator, those that intake has to give to one, or for a supervisor all of their territories; the most
 * pressing first. `overdue`: only those that may be, of which the needs tell.
 */
export const familiesOfStaff = async (
  deps: Deps,
  { staff, now, overdue = false }: Asked & { overdue?: boolean },
): Promise<FamilyWork[]> => {
  const { database, region } = deps
  const past = { now, day: dayAt(now, region.timeZone).toString() }
  const about = { readerId: staff.id, today: dayOf(region, now), ...(overdue && { overdue: past }) }
  const orphans = staff.role === 'intake' ? await territoriesServedBy(database, region, staff) : []
  const scope = { ...(await scopeOf(deps, staff)), ...(orphans.length > 0 && { orphansIn: orphans }) }
  const found = await familiesWithNeeds(deps, await openFamiliesIn(database, scope, about), now)
  return found.sort((a, b) => Number(b.urgent) - Number(a.urgent) || byNeed(a, b))
}

/** What each of these families needs of whoever is responsible. */
export const familiesWithNeeds = async (
  { database, region }: Pick<Deps, 'database' | 'region'>,
  found: readonly OpenFamily[],
  now: Date,
): Promise<FamilyWork[]> => {
  const ids = found.map(({ id }) => id)
  const began = Map.groupBy(await stagesOfFamilies(database, ids), ({ id }) => id)
  const acted = await familiesActedAt(database, ids)
  const terms = await termsOfFamilies(database, ids, { open: true })
  return found.map((one): FamilyWork => {
    const actedAt = acted.get(one.id) ?? one.createdAt
    const state = { ...one, began: began.get(one.id) ?? [], actedAt, terms: terms.get(one.id) ?? [] }
    return { ...one, ...needOf(region, state, now) }
  })
}

/** A calendar day of the region: its beginning and its end. */
export const dayOf = ({ timeZone }: Region, now: Date): [Date, Date] => {
  const day = dayAt(now, timeZone)
  const begins = (date: typeof day) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds)
  return [begins(day), begins(day.add({ days: 1 }))]
}

export type WorkPage<T> = { items: T[]; total: number; page: number; pages: number }

export const pageOfWork = <T>(all: readonly T[], page: number, size: number): WorkPage<T> => {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const shown = Math.min(page, pages - 1)
  return { items: all.slice(shown * size, (shown + 1) * size), total: all.length, page: shown, pages }
}

/** A page of requests with the names of who has them; what their lines tell is audited. */
export const pageOfRequests = async (
  deps: Deps,
  { page, size, ...asked }: Asked & { page: number; size: number },
): Promise<WorkPage<RequestWork & { holder: string | null }>> => {
  const found = pageOfWork(await requestsOfStaff(deps, asked), page, size)
  await auditFlags(deps.database, { requests: found.items, staffId: asked.staff.id, now: asked.now })
  const names = await namesOfStaff(deps.database, idsOf(found.items.map(({ holderId }) => holderId)))
  return { ...found, items: found.items.map((one) => ({ ...one, holder: nameIn(names, one.holderId) })) }
}

/**
 * A page of families: with the members' names for their own curator, which is audited once a day for each family, and with
 * the curator's name for supervisors.
 */
export const pageOfFamilies = async (
  deps: Deps,
  { page, size, ...asked }: Asked & { page: number; size: number },
): Promise<WorkPage<FamilyWork & { names: string[]; holder: string | null }>> => {
  const { database, sealer } = deps
  const { staff, now } = asked
  const found = pageOfWork(await familiesOfStaff(deps, asked), page, size)
  const own = found.items.filter(({ curatorId }) => curatorId === staff.id).map(({ id }) => id)
  const members = await membersOfFamilies(database, own)
  if (members.size > 0)
    await addFirstNames(database, { familyIds: [...members.keys()], now, staffId: staff.id })
  const named = { members: [...members.values()].flat(), by: { staffId: staff.id }, now }
  const names = await namesFor(database, sealer, named)
  const holders = await namesOfStaff(database, idsOf(found.items.map(({ curatorId }) => curatorId)))
  return {
    ...found,
    items: found.items.map((one) => ({
      ...one,
      names: (members.get(one.id) ?? []).flatMap(({ id }) => names.get(id) || []),
      holder: nameIn(holders, one.curatorId),
    })),
  }
}

const idsOf = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
const nameIn = (names: ReadonlyMap<string, string>, id: string | null) =>
  id === null ? null : (names.get(id) ?? null)
