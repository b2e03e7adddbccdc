import { DomainError, type ErrorCode } from '#core/errors.ts'
import { assignRequest } from '#features/requests/request-transitions.ts'
import { decideReassignment } from '#features/routing/assign.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { lockVisitOfFamily } from '#features/visits/visits-for-staff.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { findVisit } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { passFamily, passVisits } from './pass-on.ts'
import { mayTake } from './takers.ts'

/** Work of one person that is given to another, or evenly, while both go on working here. */
export type Reassignment = {
  /** Whose work it is now. */
  staffId: string
  /** Null: each piece by the rules, a request by the routing's and a family by the number of families. */
  to: string | null
  requests: readonly string[]
  families: readonly string[]
  visits: readonly string[]
  by: Actor
  now: Date
  /** Whether the caller may see something of this territory; anything else does not exist for them. */
  reaches: (territory: string) => boolean
}

export type ReassignedPiece = { id: string; staffId: string }
export type Reassigned = Record<'requests' | 'families' | 'visits', ReassignedPiece[]>

/**
 * Gives all of it or nothing: the error `not-allowed` names each piece that could not be given, by its place in the list
 * (`requests/2`), and why. Who reads of it is told as by the single steps; of several visits of a family once. Evenly, a visit
 * goes to its family's curator, who may have got it in the same call, or to somebody else if they are absent at that time.
 */
export const reassignWork = async (tx: Tx, deps: FamilyDeps, given: Reassignment): Promise<Reassigned> => {
  const failed: { list: string; nth: number; code: ErrorCode }[] = []
  const each = async (
    list: 'requests' | 'families' | 'visits',
    give: (id: string) => Promise<string>,
  ): Promise<ReassignedPiece[]> => {
    const done: ReassignedPiece[] = []
    // In the order of ids, so that two calls lock the same rows in the same order.
    for (const { id, nth } of given[list].map((one, index) => ({ id: one, nth: index })).toSorted(byId)) {
      try {
        done.push({ id, staffId: await give(id) })
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        failed.push({ list, nth, code: error.code })
      }
    }
    return done
  }
  const told = new Map<string, string[]>()
  const reassigned = {
    requests: await each('requests', (id) => giveRequest(tx, deps, given, id)),
    families: await each('families', (id) => giveFamily(tx, deps, given, id)),
    visits: await each('visits', (id) => giveVisit(tx, deps, given, { id, told })),
  }
  if (failed.length > 0) {
    const parts = failed
      .toSorted((a, b) => (a.list === b.list ? a.nth - b.nth : 0))
      .map(({ list, nth, code }) => ({ field: `${list}/${nth}`, code }))
    throw new DomainError('not-allowed', { parts })
  }
  const { staffId, by, now } = given
  if (given.families.length > 1) await tellStaff(tx, deps, { staffId, news: 'families-taken', by, now })
  return reassigned
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const giveRequest = async (
  tx: Tx,
  deps: FamilyDeps,
  { staffId, to, by, now, reaches }: Reassignment,
  id: string,
): Promise<string> => {
  const request = await lockRequest(tx, id)
  if (!request || !reaches(request.territory)) throw new DomainError('not-found')
  if (request.status !== 'submitted' && request.status !== 'claimed') throw new DomainError('already-closed')
  if (request.assignedToId !== staffId) throw new DomainError('stale')
  const without = [staffId]
  const taker = to ?? (await decideReassignment(tx, deps.region, request, { now, without })).choice
  if (taker === null) throw new DomainError('nobody-else')
  await assignRequest(tx, deps, { request, staffId: taker, by, now })
  return taker
}

const familyOf = async (tx: Tx, id: string, { reaches }: Reassignment): Promise<Family> => {
  const family = await lockFamily(tx, id)
  if (!family || !reaches(family.territory)) throw new DomainError('not-found')
  if (family.status !== 'active') throw new DomainError('already-closed')
  return family
}

const giveFamily = async (tx: Tx, deps: FamilyDeps, given: Reassignment, id: string): Promise<string> => {
  const family = await familyOf(tx, id, given)
  const { staffId: from, to, by, now } = given
  if (family.curatorId !== from) throw new DomainError('stale')
  if (to !== null && !(await mayTake(tx, { family, staffId: to }))) throw new DomainError('not-eligible')
  const quietly = given.families.length > 1
  const curated = await passFamily(tx, deps, { family, from, to, quietly, by, now })
  if (curated?.curatorId == null) throw new DomainError('nobody-else')
  return curated.curatorId
}

const giveVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  given: Reassignment,
  { id, told }: { id: string; told: Map<string, string[]> },
): Promise<string> => {
  const found = await findVisit(tx, id)
  if (!found) throw new DomainError('not-found')
  const family = await familyOf(tx, found.familyId, given)
  const visit = await lockVisitOfFamily(tx, family.id, id)
  const { staffId: from, to, by, now } = given
  if (visit.staffId !== from) throw new DomainError('stale')
  if (!isAhead(visit, now)) throw new DomainError('already-closed')
  const before = told.get(family.id) ?? []
  const named = to === null ? { to: [] } : { to: [to], only: true }
  const passing = { family, from, ...named, visits: [visit], told: before, by, now }
  const [moved] = (await passVisits(tx, deps, passing)).moved
  if (!moved) throw new DomainError('nobody-else')
  told.set(family.id, [...before, moved.staffId])
  return moved.staffId
}
