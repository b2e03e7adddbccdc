import { DomainError, type ErrorCode } from '#core/errors.ts'
import { assignRequest } from '#features/requests/request-transitions.ts'
import { decideReassignment } from '#features/routing/assign.ts'
import { moveVisit } from '#features/visits/visit-transitions.ts'
import { lockVisitOfFamily } from '#features/visits/visits-for-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { hiddenFromInFamily } from '#storage/messages/talks-apart.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { findVisit } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { changeCurator } from './family-transitions.ts'
import { takerOf } from './hand-over.ts'

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
 * goes to its family's curator, who may have got it in the same call.
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
  const told = new Set<string>()
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

/** Nobody gets a family in which somebody has asked to be kept apart from them. */
const takerFor = async (
  reader: Reader,
  family: Family,
  { staffId, to, now }: Reassignment,
): Promise<string> => {
  if (to !== null && (await hiddenFromInFamily(reader, family.id)).has(to))
    throw new DomainError('not-eligible')
  const taker = to ?? (await takerOf(reader, family, { staffId, now }))
  if (taker === null) throw new DomainError('nobody-else')
  return taker
}

const giveFamily = async (tx: Tx, deps: FamilyDeps, given: Reassignment, id: string): Promise<string> => {
  const family = await familyOf(tx, id, given)
  if (family.curatorId !== given.staffId) throw new DomainError('stale')
  const taker = await takerFor(tx, family, given)
  await changeCurator(tx, deps, { family, curatorId: taker, by: given.by, now: given.now })
  return taker
}

const giveVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  given: Reassignment,
  { id, told }: { id: string; told: Set<string> },
): Promise<string> => {
  const found = await findVisit(tx, id)
  if (!found) throw new DomainError('not-found')
  const family = await familyOf(tx, found.familyId, given)
  const visit = await lockVisitOfFamily(tx, family.id, id)
  if (visit.staffId !== given.staffId) throw new DomainError('stale')
  const taker = await takerFor(tx, family, given)
  const { by, now } = given
  const quietly = told.has(family.id)
  await moveVisit(tx, deps, { family, visit, to: { staffId: taker }, quietly, by, now })
  told.add(family.id)
  return taker
}
