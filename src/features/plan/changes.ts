import type { Reader } from '#storage/database.ts'
import { activitiesOf } from '#storage/activities.ts'
import type { OwnFamily } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { type Changed, diffPlans } from './diff.ts'
import type { PlannedActivity } from './document.ts'
import { openPlan, readPlan } from './open.ts'
import { seenBy } from './own.ts'
import { planVersion } from '#storage/plans.ts'

export type PlanChange = {
  /** Of the activity. */
  id: string
  how: 'added' | 'moved' | 'changed' | 'removed' | 'same'
  /** Null for what was added. */
  before: PlannedActivity | null
  /** Null for what was taken out. */
  after: PlannedActivity | null
  fields: Changed['fields']
}

/**
 * What the version in force has made of each activity that a member saw or sees: what is not for them any more was taken
 * out, what has become theirs was added. Those that are the same come last. Null: there is no plan.
 */
export const planChanges = async (
  reader: Reader,
  sealer: Sealer,
  family: OwnFamily,
): Promise<{ version: number; changes: PlanChange[] } | null> => {
  const plan = await readPlan(reader, sealer, { familyId: family.id })
  if (!plan) return null
  const earlier = await planVersion(reader, family.id, plan.version - 1)
  const before = earlier ? seenBy(openPlan(sealer, earlier).activities, family) : []
  const after = seenBy(plan.document.activities, family)
  const diff = diffPlans(before, after)
  const ids = new Map((await activitiesOf(reader, family.id)).map(({ code, id }) => [code, id]))
  const idOf = ({ code }: PlannedActivity) => ids.get(code) ?? ''
  const kept = (how: PlanChange['how'], list: readonly Changed[]) =>
    list.map((one): PlanChange => ({ id: idOf(one.after), how, ...one }))
  const alone = { fields: [], before: null, after: null }
  return {
    version: plan.version,
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
