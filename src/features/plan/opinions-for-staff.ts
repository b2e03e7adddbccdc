import type { Staff } from '#features/requests/cases.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { type OpinionKind, opinionsOf } from '#storage/plan/activities-opinions.ts'
import type { Sealer } from '#storage/seal.ts'
import { opinionText } from './activity-opinions.ts'
import { type Author, planForStaff } from './plan-for-staff.ts'

/** What a member thinks of an activity. */
export type StaffOpinion = {
  id: bigint
  activityId: string
  /** The activity in plain words; null if it is no longer in the plan. */
  activity: string | null
  version: number
  author: Author
  kind: OpinionKind
  words: string | null
  at: Date
}

/** All opinions of a family about its plan, newest first; audited as the plan is. Throws as `planForStaff` does. */
export const opinionsForStaff = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  asked: { staff: Staff; familyId: string; now: Date },
): Promise<{ family: Family; opinions: StaffOpinion[] }> => {
  const { family, plan } = await planForStaff(tx, { sealer }, asked)
  const members = await membersOf(tx, family.id)
  const roles = new Map(members.map(({ personId, role }) => [personId, role]))
  const named = new Map((plan?.activities ?? []).map(({ id, plain }) => [id, plain]))
  const opinions = await opinionsOf(tx, { familyId: family.id })
  return {
    family,
    opinions: opinions.toReversed().map((opinion) => ({
      ...{ id: opinion.id, activityId: opinion.activityId, version: opinion.version },
      ...{ kind: opinion.kind, at: opinion.at },
      activity: named.get(opinion.activityId) ?? null,
      author: roles.get(opinion.personId) ?? 'gone',
      words: opinionText(sealer, opinion),
    })),
  }
}
