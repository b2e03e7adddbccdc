import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { isAhead } from '#features/visits/visit-transitions.ts'
import { lockVisitForStaff, visitForStaff } from '#features/visits/visits-for-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { type FamilyDeps, mustBeSeen } from './active.ts'
import { familyForStaff } from './caseload.ts'
import { passVisits, passWithVisits } from './pass-on.ts'
import { type Taker, takersOf } from './takers.ts'

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

/** A visit ahead, and who could make it instead: nobody who is absent at that time. Throws as `familyToGive`. */
export const visitToGive = async (
  reader: Reader,
  { visitId, ...by }: Supervising & { visitId: string },
): Promise<{ family: Family; visit: Visit; takers: Taker[] }> => {
  const { visit, family, inCharge } = await visitForStaff(reader, by.staff, visitId, by.now)
  if (by.staff?.role !== 'supervisor' || !inCharge) throw new DomainError('not-found')
  if (family.status !== 'active' || !isAhead(visit, by.now)) throw new DomainError('already-closed')
  const asked = { family, without: visit.staffId, now: by.now, at: visit.startsAt }
  return { family, visit, takers: await takersOf(reader, asked) }
}

/** Makes somebody the curator; the visits that the one before would have made go along, each to somebody who is there on its day. Throws `not-eligible` and as `familyToGive`. */
export const giveFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    familyId,
    to,
    revision,
    ...by
  }: Supervising & { familyId: string; to: string; revision?: number | undefined },
): Promise<void> => {
  await familyToGive(tx, { familyId, ...by })
  await lockFamily(tx, familyId)
  const { family, takers } = await familyToGive(tx, { familyId, ...by })
  mustBeSeen(family, revision)
  if (!takers.some(({ id }) => id === to)) throw new DomainError('not-eligible')
  const passing = { family, from: family.curatorId, to, by: { staffId: by.staff?.id }, now: by.now }
  const passed = await passWithVisits(tx, deps, passing)
  // Nobody is there on the day of one of them, which must not wait until tomorrow.
  if (passed && passed.visits.left.length > 0) await deps.enqueue(tx, 'orphans', {})
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
  const passing = { family, from: visit.staffId, to: [to], by: { staffId: by.staff?.id }, now: by.now }
  await passVisits(tx, deps, { ...passing, visits: [visit], only: true })
}
