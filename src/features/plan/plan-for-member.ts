import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { canSee, type Viewer } from '#features/families/audience.ts'
import type { Reader } from '#storage/database.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import { type Activity, findActivity } from '#storage/plan/activities.ts'
import { countOpenVersions, latestPlan } from '#storage/plan/plans.ts'
import type { Sealer } from '#storage/seal.ts'
import { type OpenPlan, readPlan } from './open-plan.ts'
import type { PlannedActivity } from './plan-document.ts'
import type { Tracked } from './progress.ts'

type Targeted = Pick<PlannedActivity, 'audience' | 'memberIds'>

/** The activities that a member may see. */
const visibleTo = <A extends Targeted>(activities: readonly A[], member: Parameters<typeof canSee>[0]): A[] =>
  activities.filter(({ audience, memberIds = [] }) => canSee(member, { audience, memberIds }))

/** For adults, and for accounts that may be theirs, versions that differ in confidential activities only do not exist. */
export const knowsOpenVersionsOnly = ({ role, unconfirmed }: Pick<Viewer, 'role' | 'unconfirmed'>): boolean =>
  role !== 'minor' || unconfirmed

/** The same as shown to the member: a minor does not learn which other minors take part. */
export const activitiesForMember = (
  activities: readonly PlannedActivity[],
  member: Parameters<typeof canSee>[0],
): PlannedActivity[] =>
  visibleTo(activities, member).map((activity) => {
    if (member.role !== 'minor') return activity
    const { memberIds: _, ...shown } = activity
    return shown
  })

/** The current or a given version of the plan as a member sees it; null if there is none. */
export const planForMember = async (
  reader: Reader,
  sealer: Sealer,
  family: FamilyMembership,
  version?: number,
): Promise<OpenPlan | null> => {
  const open = knowsOpenVersionsOnly(family)
  const plan = await readPlan(reader, sealer, { familyId: family.id, version, open })
  if (!plan) return null
  const document = { ...plan.document, activities: visibleTo(plan.document.activities, family) }
  const label = await versionLabel(reader, plan, { family, activities: document.activities })
  return { ...plan, ...label, document, activities: visibleTo(plan.activities, family) }
}

/**
 * Number and date of the version as they stand on what the member can show around. A minor for whom nothing is
 * confidential has those of the adults: a higher number on a sibling's PDF would betray a hidden version.
 */
const versionLabel = async (
  reader: Reader,
  plan: OpenPlan,
  { family, activities }: { family: FamilyMembership; activities: readonly PlannedActivity[] },
): Promise<Pick<OpenPlan, 'number' | 'at'>> => {
  const own = { number: plan.number, at: plan.at }
  if (knowsOpenVersionsOnly(family)) return own
  if (activities.some(({ audience }) => audience === 'confidential')) return own
  const known = await latestPlan(reader, family.id, { open: true })
  if (!known || known.version > plan.version) return own
  return { number: await countOpenVersions(reader, known), at: known.at }
}

export type ActivityForMember = {
  family: FamilyMembership
  row: Activity
  version: number
  activity: Tracked
}

type OwnActivity = { family: FamilyMembership; row: Activity }

/** An activity of the person's families, which may be hidden from them: the caller decides. Throws `not-found`. */
export const ownActivity = async (
  reader: Reader,
  who: Snapshot | null,
  activityId: string,
): Promise<OwnActivity> => {
  const row = z.uuid().safeParse(activityId).success ? await findActivity(reader, activityId) : null
  const family = row && who?.families.find(({ id }) => id === row.familyId)
  if (!row || !family) throw new DomainError('not-found')
  return { family, row }
}

/**
 * Finds an activity of the person's families. Throws `not-found`, also for another family's activity or one
 * that is hidden from the person.
 */
export const activityRowForMember = async (
  reader: Reader,
  who: Snapshot | null,
  activityId: string,
): Promise<OwnActivity> => {
  const own = await ownActivity(reader, who, activityId)
  if (!canSee(own.family, own.row)) throw new DomainError('not-found')
  return own
}

/**
 * An activity of the current plan. Throws as `activityRowForMember` does, and `not-found` if it was removed.
 */
export const activityForMember = async (
  reader: Reader,
  sealer: Sealer,
  who: Snapshot | null,
  activityId: string,
): Promise<ActivityForMember> => {
  const { family, row } = await activityRowForMember(reader, who, activityId)
  const plan = await planForMember(reader, sealer, family)
  const activity = plan?.activities.find(({ id }) => id === activityId)
  if (!plan || !activity) throw new DomainError('not-found')
  return { family, row, version: plan.version, activity }
}
