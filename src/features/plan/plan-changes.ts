import { DomainError } from '#core/errors.ts'
import { canSee } from '#features/families/audience.ts'
import type { Reader } from '#storage/database.ts'
import type { Activity } from '#storage/plan/activities.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import { planKnownTo } from '#storage/plan/plans.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Changed, diffPlans } from './plan-diff.ts'
import type { PlannedActivity } from './plan-document.ts'
import { type OpenPlan, openPlan } from './open-plan.ts'
import { activitiesForMember, ownActivity, planForMember } from './plan-for-member.ts'

export type PlanChange = {
  /** Id of the activity. */
  id: string
  how: 'added' | 'moved' | 'changed' | 'removed' | 'same'
  /** Null if added. */
  before: PlannedActivity | null
  /** Null if removed. */
  after: PlannedActivity | null
  fields: Changed['fields']
}

export type PlanChanges = {
  /** The person has seen no earlier version: everything is new. */
  first: boolean
  /** Unchanged ones come last. */
  changes: PlanChange[]
}

/**
 * The changes of each activity since the version that a person has seen. An activity that is no longer
 * visible to them counts as removed, one that became visible as added. `plan`: the current version.
 */
export const planChanges = async (
  reader: Reader,
  sealer: Sealer,
  { plan, family, personId }: { plan: OpenPlan; family: FamilyMembership; personId: string },
): Promise<PlanChanges> => {
  const known = await planKnownTo(reader, { familyId: family.id, personId, before: plan.version })
  const before = known ? activitiesForMember(openPlan(sealer, known).activities, family) : []
  const diff = diffPlans(before, activitiesForMember(plan.document.activities, family))
  const idOf = ({ code }: PlannedActivity) => plan.ids.get(code) ?? ''
  const kept = (how: PlanChange['how'], list: readonly Changed[]) =>
    list.map((one): PlanChange => ({ id: idOf(one.after), how, ...one }))
  const alone = { fields: [], before: null, after: null }
  return {
    first: known === null,
    changes: [
      ...diff.added.map((after): PlanChange => ({ ...alone, id: idOf(after), how: 'added', after })),
      ...kept('moved', diff.moved),
      ...kept('changed', diff.changed),
      ...diff.removed.map((before): PlanChange => ({ ...alone, id: idOf(before), how: 'removed', before })),
      ...diff.same.map(
        (one): PlanChange => ({ ...alone, id: idOf(one), how: 'same', before: one, after: one }),
      ),
    ],
  }
}

/**
 * An activity that the member may say something about: one that they see, or one that counts as removed for them. What
 * became confidential answers as what was removed does, otherwise the answer would tell the two apart (ADR 33).
 * Throws `not-found`.
 */
export const activityToJudge = async (
  reader: Reader,
  sealer: Sealer,
  who: Snapshot | null,
  activityId: string,
): Promise<{ family: FamilyMembership; row: Activity }> => {
  const own = await ownActivity(reader, who, activityId)
  if (!canSee(own.family, own.row) && !(await countsAsRemoved(reader, sealer, who, own)))
    throw new DomainError('not-found')
  return own
}

const countsAsRemoved = async (
  reader: Reader,
  sealer: Sealer,
  who: Snapshot | null,
  { family, row }: { family: FamilyMembership; row: Activity },
): Promise<boolean> => {
  const plan = await planForMember(reader, sealer, family)
  if (!who || !plan) return false
  const { changes } = await planChanges(reader, sealer, { plan, family, personId: who.person.id })
  return changes.some(({ id, how }) => how === 'removed' && id === row.id)
}
