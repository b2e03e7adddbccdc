import type { ScreenState } from '#dialogue/registry.ts'
import { byId, type FollowLink } from '#dialogue/screen.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'

/** A link to a family that the member of staff is responsible for. Throws `not-found` for any other. */
export const ofFamily = (open: (familyId: string) => ScreenState): FollowLink =>
  byId(async ({ deps, who, now }, familyId) => {
    await familyForStaff(deps.database, { staff: who?.staff, familyId, now })
    return { to: open(familyId) }
  })

/** The same for whoever is in charge of the family: its curator, and the supervisors. */
export const ofFamilyInCharge = (open: (familyId: string) => ScreenState): FollowLink =>
  byId(async ({ deps, who, now }, familyId) => {
    await familyForVisitStaff(deps.database, who?.staff, familyId, now)
    return { to: open(familyId) }
  })
