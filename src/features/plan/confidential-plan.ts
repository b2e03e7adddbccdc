import { isDeepStrictEqual } from 'node:util'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import { warningsAgainstAudience } from '#features/families/safety-override.ts'
import { samePlan } from './plan-diff.ts'
import type { PlanDocument, PlannedActivity } from './plan-document.ts'

/** The document as adults of the family know it. */
const open = (document: PlanDocument): PlanDocument => ({
  ...document,
  activities: document.activities.filter(({ audience }) => audience !== 'confidential'),
})

/**
 * Whether a new version must not exist for adults of the family: nothing that they may see differs from the last version
 * they know of, or there was none and everything is confidential. Pure.
 */
export const isConfidentialOnly = (known: PlanDocument | null, document: PlanDocument): boolean => {
  const shown = open(document)
  if (known === null) return shown.activities.length === 0
  return samePlan(open(known), shown)
}

/**
 * The warnings against activities that adults would newly see although they are for minors who are unsafe at home. What
 * the version before already had was decided then. Pure.
 */
export const unsafeChoices = (
  { activities }: PlanDocument,
  { current, facts }: { current: PlanDocument | null; facts: readonly SafetyFact[] },
): SafetyFact[] => {
  const before = new Map(current?.activities.map((activity) => [activity.code, activity]))
  const fresh = activities.filter((activity) => {
    const was = before.get(activity.code)
    return !was || !isDeepStrictEqual(targetOf(was), targetOf(activity))
  })
  return [...new Set(fresh.flatMap((activity) => warningsAgainstAudience(facts, targetOf(activity))))]
}

const targetOf = ({ audience, memberIds = [] }: PlannedActivity) => ({
  audience,
  memberIds: memberIds.toSorted(),
})
