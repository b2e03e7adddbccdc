import { DomainError } from '#core/errors.ts'
import { staffRights } from '#features/families/family-access.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import type { Snapshot } from '#storage/people.ts'
import { findVisit, lockVisit, type Visit } from '#storage/visits/visits.ts'

// Staff with access to a visit: the family's curator, the visitor, the supervisors of the territory.

export type StaffReader = Pick<NonNullable<Snapshot['staff']>, 'id' | 'role' | 'active'>
/** `inCharge`: as the family's curator or supervisor, not only as the visitor. */
export type VisitForStaff = { visit: Visit; family: Family; inCharge: boolean }

/** Throws `not-found` unless the reader is the family's curator or supervisor. */
export const familyForVisitStaff = async (
  reader: Reader,
  staff: StaffReader | null | undefined,
  familyId: string,
  now: Date,
): Promise<Family> => {
  const family = await findFamily(reader, familyId)
  if (!family || !(await staffRights(reader, staff, family, { now })).has('charge'))
    throw new DomainError('not-found')
  return family
}

/**
 * The same family, locked. Who may not is told so before the lock of another one's family is waited for; who may is asked again once it is
 * held, because they may have lost it meanwhile. Throws `not-found`.
 */
export const lockFamilyForStaff = async (
  tx: Tx,
  staff: StaffReader | null | undefined,
  familyId: string,
  now: Date,
): Promise<Family> => {
  await familyForVisitStaff(tx, staff, familyId, now)
  await lockFamily(tx, familyId)
  return familyForVisitStaff(tx, staff, familyId, now)
}

/** Throws `not-found`, also for a visit that the reader has no access to. */
export const visitForStaff = async (
  reader: Reader,
  staff: StaffReader | null | undefined,
  visitId: string,
  now: Date,
): Promise<VisitForStaff> => {
  const visit = await findVisit(reader, visitId)
  const family = visit && (await findFamily(reader, visit.familyId))
  if (!visit || !family) throw new DomainError('not-found')
  const rights = await staffRights(reader, staff, family, { now, visitorId: visit.staffId })
  if (!rights.has('visit')) throw new DomainError('not-found')
  return { visit, family, inCharge: rights.has('charge') }
}

/** The same, with family and visit locked. */
export const lockVisitForStaff = async (
  tx: Tx,
  staff: StaffReader | null | undefined,
  visitId: string,
  now: Date,
): Promise<VisitForStaff> => {
  const { family } = await visitForStaff(tx, staff, visitId, now)
  await lockFamily(tx, family.id)
  await lockVisit(tx, visitId)
  return visitForStaff(tx, staff, visitId, now)
}

/** Locks a visit of a family. Throws `not-found`. */
export const lockVisitOfFamily = async (tx: Tx, familyId: string, visitId: string): Promise<Visit> => {
  // Check the family before locking: waiting for the lock of another family's visit would reveal that it
  // exists.
  const found = await findVisit(tx, visitId)
  const visit = found?.familyId === familyId ? await lockVisit(tx, visitId) : null
  if (!visit) throw new DomainError('not-found')
  return visit
}
