import type { ScreenState } from '#dialogue/registry.ts'
import { byId, type FollowLink } from '#dialogue/screen.ts'
import { familyForStaff } from '#features/families/caseload.ts'

/** A link to a family that the member of staff is responsible for. Throws `not-found` for any other. */
export const ofFamily = (open: (familyId: string) => ScreenState): FollowLink =>
  byId(async ({ deps, who, now }, familyId) => {
    await familyForStaff(deps.database, { staff: who?.staff, familyId, now })
    return { to: open(familyId) }
  })
