import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { auditFlags } from '#features/requests/request-flags.ts'
import { oneInReach } from '#features/staff/staff-for-supervisor.ts'
import { weekAround } from '#features/worklist/week.ts'
import type { Region } from '#regions/schema.ts'
import {
  type EndedTerm,
  type ListedFamily,
  type ListedVisit,
  listAnswered,
  listDueTerms,
  listEndedTerms,
  listFamiliesOf,
  listHeld,
  listNotVisited,
  listVisitsOf,
  listWaiting,
  type NotVisited,
  type Outcome,
  type WaitingRequest,
} from '#storage/board/board-lists.ts'
import type { Database } from '#storage/database.ts'
import { namesOfStaff, type StaffMember } from '#storage/staff/staff.ts'
import { askedVisits } from './asked-visits.ts'
import { boardScope } from './board.ts'

// What stands behind each figure of the board, a page at a time. Numbers and codes only; what a list of requests tells is audited.

/** `more`: whether there is another page. `names`: of staff, by id. */
export type BoardPage<T> = { items: T[]; more: boolean; names: ReadonlyMap<string, string> }

type Deps = { database: Database; region: Region }
type Asking = { staff: StaffMember; now: Date; page: number }

const boardPageSize = 50

const pageOf = async <T extends { id: string; curatorId?: string | null; assignedToId?: string | null }>(
  { database }: Deps,
  { page }: Asking,
  list: (place: { offset: number; limit: number }) => Promise<T[]>,
): Promise<BoardPage<T>> => {
  const found = await list({ offset: page * boardPageSize, limit: boardPageSize + 1 })
  const items = found.slice(0, boardPageSize)
  const ids = items.flatMap(({ curatorId, assignedToId }) => curatorId ?? assignedToId ?? [])
  return { items, more: found.length > boardPageSize, names: await namesOfStaff(database, [...new Set(ids)]) }
}

const withFlags = async <T extends WaitingRequest>(deps: Deps, asking: Asking, found: BoardPage<T>) => {
  await auditFlags(deps.database, { requests: found.items, staffId: asking.staff.id, now: asking.now })
  return found
}

export const waitingOnBoard = async (deps: Deps, asking: Asking): Promise<BoardPage<WaitingRequest>> => {
  const scope = await boardScope(deps, asking)
  return withFlags(
    deps,
    asking,
    await pageOf(deps, asking, (place) => listWaiting(deps.database, { ...scope, ...place })),
  )
}

/** Open requests of a member in reach. Throws `not-found`. */
export const requestsOfMember = async (
  deps: Deps,
  { memberId, ...asking }: Asking & { memberId: string },
): Promise<BoardPage<WaitingRequest> & { member: StaffMember }> => {
  const scope = await boardScope(deps, asking)
  const { member } = await oneInReach(deps, { ...asking, memberId })
  const list = (place: { offset: number; limit: number }) =>
    listHeld(deps.database, { ...scope, staffId: memberId, ...place })
  return { ...(await withFlags(deps, asking, await pageOf(deps, asking, list))), member }
}

/** Active families at a stage, or of a member in reach. Throws `not-found`. */
export const familiesOnBoard = async (
  deps: Deps,
  { memberId, stage, ...asking }: Asking & { memberId?: string | undefined; stage?: string | undefined },
): Promise<BoardPage<ListedFamily & { stage: string }> & { member: StaffMember | null }> => {
  const { territories } = await boardScope(deps, asking)
  const member = memberId === undefined ? null : (await oneInReach(deps, { ...asking, memberId })).member
  const of = { territories, ...(stage !== undefined && { stage }), ...(member && { curatorId: member.id }) }
  return {
    ...(await pageOf(deps, asking, (place) => listFamiliesOf(deps.database, { ...of, ...place }))),
    member,
  }
}

/** Visits of a member in reach: of this week, or all that are ahead. Throws `not-found`. */
export const visitsOfMember = async (
  deps: Deps,
  { memberId, week, ...asking }: Asking & { memberId: string; week: boolean },
): Promise<BoardPage<ListedVisit> & { member: StaffMember }> => {
  const { territories } = await boardScope(deps, asking)
  const { member } = await oneInReach(deps, { ...asking, memberId })
  const span = week ? weekAround(deps.region, asking.now) : { from: asking.now, until: null }
  const of = { territories, staffId: memberId, ...span }
  return {
    ...(await pageOf(deps, asking, (place) => listVisitsOf(deps.database, { ...of, ...place }))),
    member,
  }
}

export const notVisitedOnBoard = async (deps: Deps, asking: Asking): Promise<BoardPage<NotVisited>> => {
  const { territories } = await boardScope(deps, asking)
  const asked = askedVisits(deps.region, asking.now)
  return pageOf(deps, asking, (place) => listNotVisited(deps.database, { territories, asked, ...place }))
}

export const dueTermsOnBoard = async (
  deps: Deps,
  { stage, overdue, ...asking }: Asking & { stage: string; overdue: boolean },
): Promise<BoardPage<EndedTerm>> => {
  const { territories } = await boardScope(deps, asking)
  const today = dayAt(asking.now, deps.region.timeZone).toString()
  return pageOf(deps, asking, (place) =>
    listDueTerms(deps.database, { territories, stage, overdue, today, ...place }),
  )
}

/** `month`: its first day. Terms that end today or later have not ended. */
export const endedTermsOnBoard = async (
  deps: Deps,
  { month, outcome, ...asking }: Asking & { month: string; outcome: Outcome },
): Promise<BoardPage<EndedTerm>> => {
  const { territories } = await boardScope(deps, asking)
  const today = dayAt(asking.now, deps.region.timeZone).toString()
  const after = Temporal.PlainDate.from(month).add({ months: 1 }).toString()
  const span = { from: month, until: after < today ? after : today }
  return pageOf(deps, asking, (place) =>
    listEndedTerms(deps.database, { territories, outcome, ...span, ...place }),
  )
}

/** Requests that came in a month, by how long they waited. */
export const answersOnBoard = async (
  deps: Deps,
  { month, ...asking }: Asking & { month: string },
): Promise<BoardPage<WaitingRequest & { submittedAt: Date }>> => {
  const { territories } = await boardScope(deps, asking)
  const first = Temporal.PlainDate.from(month)
  if (first.day !== 1) throw new DomainError('not-found')
  const at = (day: Temporal.PlainDate) =>
    new Date(day.toZonedDateTime(deps.region.timeZone).epochMilliseconds)
  const span = { from: at(first), until: at(first.add({ months: 1 })) }
  const list = (place: { offset: number; limit: number }) =>
    listAnswered(deps.database, { territories, readerId: asking.staff.id, ...span, ...place })
  return withFlags(deps, asking, await pageOf(deps, asking, list))
}
