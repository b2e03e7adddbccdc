import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Actor } from '#features/families/active.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { viewerOf } from '#features/families/audience.ts'
import { changeLevel } from '#features/families/family-transitions.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import { overrideWarnings } from '#features/families/safety-override.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import { announce } from '#features/webhooks/announce.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family } from '#storage/families/families.ts'
import { type Member, membersOf } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { type PlannedRow, projectActivities } from '#storage/plan/activities.ts'
import { insertPlanVersion, latestPlan } from '#storage/plan/plans.ts'
import type { Sealer } from '#storage/seal.ts'
import { isConfidentialOnly, unsafeChoices } from './confidential-plan.ts'
import { openPlan, sealPlan } from './open-plan.ts'
import { diffPlans, isEmptyDiff, samePlan } from './plan-diff.ts'
import type { PlanDocument, PlannedActivity } from './plan-document.ts'
import { activitiesForMember, knowsOpenVersionsOnly } from './plan-for-member.ts'
import { findPlanFaults, InvalidPlan } from './plan-rules.ts'
import { daysOf } from './recurrence.ts'
import { sealCatalogue } from './sealed-catalogue.ts'

type Publish = {
  /** Locked in this transaction. */
  family: Family
  document: PlanDocument
  /** The version that the caller read, 0 if there was none; undefined skips the check. */
  read?: number | undefined
  /** Why adults may see what is planned for a minor who said that home is unsafe. */
  reason?: string | undefined
  by: Actor
  now: Date
}

/**
 * Publishes a document as a new version of the family's plan, with its activities and notifications,
 * atomically. Publishing the current document again creates no version. Returns the version. Throws
 * InvalidPlan; `stale` if the current version is not the one that was read; `already-closed`;
 * `safety-unacknowledged` without a `reason`, if adults would newly see what is for a minor unsafe at home.
 */
export const publishPlan = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, document, read, reason, by, now }: Publish,
): Promise<number> => {
  mustBeActive(family)
  const latest = await latestPlan(tx, family.id)
  const current = latest && openPlan(deps.sealer, latest)
  if (latest && current && samePlan(current, document)) return latest.version
  if (read !== undefined && read !== (latest?.version ?? 0)) throw new DomainError('stale')
  const { region } = deps
  const members = await membersOf(tx, family.id)
  const facts = await safetyFactsInForce(tx, deps, { familyId: family.id, now })
  const faults = findPlanFaults(document, { region, members, today: dayAt(now, region.timeZone) })
  if (faults.length > 0) throw new InvalidPlan(faults)

  await overrideWarnings(tx, deps, unsafeChoices(document, { current, facts }), {
    familyId: family.id,
    kind: 'audience',
    subjectId: null,
    reason,
    by,
    now,
  })
  const open = await latestPlan(tx, family.id, { open: true })
  const hidden = isConfidentialOnly(open && openPlan(deps.sealer, open), document)
  const place = { familyId: family.id, version: (latest?.version ?? 0) + 1 }
  const { level, from, until, activities } = document
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  await insertPlanVersion(tx, {
    ...place,
    level,
    from,
    until,
    document: sealPlan(own, place, document),
    activities: activities.length,
    at: now,
    apiKeyId: by.apiKeyId ?? null,
    confidentialOnly: hidden,
  })
  await projectActivities(tx, { ...place, planned: activities.map((one) => rowOf(own, family, one)) })
  await changeLevel(tx, deps, { family, level, hidden, by, now })
  await announceVersion(tx, deps, {
    family,
    members,
    current,
    document,
    version: place.version,
    hidden,
    by,
    now,
  })
  return place.version
}

const rowOf = (
  sealer: Sealer,
  { id: familyId }: Family,
  { code, kind, audience, memberIds = [], when, catalogueCode }: PlannedActivity,
): PlannedRow => {
  const days = daysOf(when)
  if (!days) throw new DomainError('invalid-input')
  const catalogue = catalogueCode ? sealCatalogue(sealer, { familyId, code }, catalogueCode) : ''
  const span = { firstOn: days.first.toString(), lastOn: days.last.toString() }
  return { code, kind, audience, memberIds, ...span, catalogue }
}

type Told = {
  family: Family
  members: readonly Member[]
  current: PlanDocument | null
  document: PlanDocument
  version: number
  /** Adults of the family must not notice this version. */
  hidden: boolean
  by: Actor
  now: Date
}

const announceVersion = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, members, current, document, version, hidden, by, now }: Told,
): Promise<void> => {
  const familyId = family.id
  await addFamilyEvent(tx, { familyId, at: now, kind: 'plan', detail: String(version), ...by })
  await tellStaff(tx, deps, { staffId: family.curatorId, news: 'plan', subjectId: familyId, by, now })
  for (const member of members) {
    const viewer = viewerOf(member)
    // Minors are not notified of changes for adults or for other minors.
    const shown = ({ activities }: PlanDocument) => activitiesForMember(activities, viewer)
    const seen = () => !isEmptyDiff(diffPlans(current ? shown(current) : [], shown(document)))
    const news = knowsOpenVersionsOnly(viewer) ? !hidden : seen()
    const to = { memberId: member.id }
    const push = { familyId, to, kind: 'plan', version, key: `plan.${version}`, now } as const
    if (news) await notifyFamily(tx, deps, push)
  }
  const data = { planVersion: version, level: document.level, ...(hidden && { confidential: true as const }) }
  await announce(tx, deps, { type: 'plan.published', now, requestId: null, familyId, data })
}
