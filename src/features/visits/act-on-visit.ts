import type { FamilyDeps } from '#features/families/active.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { changeVisit } from '#storage/visits/visits.ts'
import { sealVisitResult } from './visit-content.ts'
import { cancelVisit, closeVisit, isAhead } from './visit-transitions.ts'
import { lockVisitForStaff, type StaffReader } from './visits-for-staff.ts'

// What whoever may open a visit does with it. Each returns false if it has changed meanwhile, and nothing was done.

type Acting = { staff: StaffReader | null | undefined; visitId: string; now: Date }

/** Cancels a visit as it was seen. Throws `not-found`. */
export const cancelVisitForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  { staff, visitId, version, reason, now }: Acting & { version: number; reason?: string | undefined },
): Promise<boolean> => {
  const { visit } = await lockVisitForStaff(tx, staff, visitId, now)
  if (!isAhead(visit, now) || visit.version !== version) return false
  await cancelVisit(tx, deps, { visit, reason, by: { staffId: staff?.id }, now })
  return true
}

/** Maximum length of what came of a visit, in characters. */
export const longestResult = 1000

/** Records whether a visit took place, and what came of it in words for staff. Throws `not-found`. */
export const closeVisitForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    staff,
    visitId,
    outcome,
    result,
    now,
  }: Acting & { outcome: 'done' | 'missed'; result?: string | undefined },
): Promise<boolean> => {
  const { visit, family } = await lockVisitForStaff(tx, staff, visitId, now)
  if (visit.status !== 'planned' || now < visit.startsAt) return false
  if (result !== undefined) {
    const own = await sealerOf(tx, deps.sealer, { family: family.id })
    await changeVisit(tx, visitId, { result: sealVisitResult(own, visitId, result), changedAt: now })
  }
  await closeVisit(tx, deps, { family, visit, outcome, now })
  return true
}
