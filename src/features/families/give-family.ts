import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { isAhead, moveVisit } from '#features/visits/visit-transitions.ts'
import { lockVisitForStaff, lockVisitOfFamily, visitForStaff } from '#features/visits/visits-for-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { lockVisitsAhead, type Visit } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { familyForStaff } from './caseload.ts'
import { changeCurator } from './family-transitions.ts'
import { type Taker, takersOf } from './hand-over.ts'

// One family, or one visit, that a supervisor gives to somebody by name. The family is told of both.

type Supervising = { staff: Staff | null | undefined; now: Date }

/** A family under support that the supervisor may give away, and who could take it. Throws `not-found`, `already-closed`. */
export const familyToGive = async (
  reader: Reader,
  { familyId, ...by }: Supervising & { familyId: string },
): Promise<{ family: Family; takers: Taker[] }> => {
  const family = await familyForStaff(reader, { ...by, familyId })
  if (by.staff?.role !== 'supervisor') throw new DomainError('not-found')
  if (family.status !== 'active') throw new DomainError('already-closed')
  return { family, takers: await takersOf(reader, { family, without: family.curatorId, now: by.now }) }
}

/** A visit ahead, and who could make it instead. Throws as `familyToGive`. */
export const visitToGive = async (
  reader: Reader,
  { visitId, ...by }: Supervising & { visitId: string },
): Promise<{ family: Family; visit: Visit; takers: Taker[] }> => {
  const { visit, family, inCharge } = await visitForStaff(reader, by.staff, visitId, by.now)
  if (by.staff?.role !== 'supervisor' || !inCharge) throw new DomainError('not-found')
  if (family.status !== 'active' || !isAhead(visit, by.now)) throw new DomainError('already-closed')
  return { family, visit, takers: await takersOf(reader, { family, without: visit.staffId, now: by.now }) }
}

/** Makes somebody the curator; the visits that the one before would have made go along. Throws `not-eligible` and as `familyToGive`. */
export const giveFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { familyId, to, ...by }: Supervising & { familyId: string; to: string },
): Promise<void> => {
  await familyToGive(tx, { familyId, ...by })
  await lockFamily(tx, familyId)
  const { family, takers } = await familyToGive(tx, { familyId, ...by })
  if (!takers.some(({ id }) => id === to)) throw new DomainError('not-eligible')
  await passFamily(tx, deps, { family, to, by: { staffId: by.staff?.id }, now: by.now })
}

/** Lets somebody else make a visit. Throws `not-eligible` and as `visitToGive`. */
export const giveVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  { visitId, to, ...by }: Supervising & { visitId: string; to: string },
): Promise<void> => {
  await lockVisitForStaff(tx, by.staff, visitId, by.now)
  const { family, visit, takers } = await visitToGive(tx, { visitId, ...by })
  if (!takers.some(({ id }) => id === to)) throw new DomainError('not-eligible')
  const given = { family, visit, to: { staffId: to }, by: { staffId: by.staff?.id }, now: by.now }
  await moveVisit(tx, deps, given)
}

/** A locked family to another curator, with the visits of the one before and of whoever does not work here any more. Returns it. */
export const passFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, to, by, now }: { family: Family; to: string; by: Actor; now: Date },
): Promise<Family> => {
  const curated = await changeCurator(tx, deps, { family, curatorId: to, by, now })
  await passVisits(tx, deps, { family: curated, from: family.curatorId, to, by, now })
  return curated
}

/** The family is told once. */
const passVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, from, to, by, now }: { family: Family; from: string | null; to: string; by: Actor; now: Date },
): Promise<void> => {
  let moved = 0
  for (const { id, staffId } of await lockVisitsAhead(tx, { familyId: family.id, now })) {
    if (staffId === to || (staffId !== from && (await findStaff(tx, staffId))?.active)) continue
    const visit = await lockVisitOfFamily(tx, family.id, id)
    if (!isAhead(visit, now)) continue
    await moveVisit(tx, deps, { family, visit, to: { staffId: to }, quietly: moved > 0, by, now })
    moved += 1
  }
}
