import { z } from 'zod'
import { activitySchema, maxActivities, planSchema } from '#features/plan/plan-document.ts'
import { longestOpinion, opinionText } from '#features/plan/activity-opinions.ts'
import type { OpenPlan } from '#features/plan/open-plan.ts'
import type { PlanFault, PlanProblem } from '#features/plan/plan-rules.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import { safetySchema, toSafetyFact } from '#http/families/family-schemas.ts'
import { activityStatuses } from '#storage/plan/activities.ts'
import { type Opinion, opinionKinds } from '#storage/plan/activities-opinions.ts'
import { type Member, memberRoles } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import type { FieldError } from '../problems.ts'

export const activityShape = z
  .strictObject({
    id: z.uuid(),
    code: z.string().describe('Code of the activity in the plan'),
    status: z.enum(activityStatuses).describe('As reported by staff'),
  })
  .meta({ id: 'Activity' })

export const planShape = z
  .strictObject({
    version: z.int().describe('Starts at 1; in quotes it is the ETag: `"3"`'),
    publishedAt: z.iso.datetime(),
    plan: z
      .strictObject({ ...planSchema.shape, activities: z.array(activitySchema).max(maxActivities) })
      .meta({ id: 'Plan' }),
    activities: z.array(activityShape).describe('State of each activity, kept across versions'),
    safety: safetySchema,
  })
  .meta({ id: 'PlanVersion' })

/** Includes the version, which becomes the ETag. */
export const toPlanShape = ({
  version,
  at,
  document,
  activities,
  safety,
}: OpenPlan & { safety: readonly SafetyFact[] }): { body: z.output<typeof planShape>; revision: number } => ({
  body: {
    version,
    publishedAt: at.toISOString(),
    plan: document,
    activities: activities.map(({ id, code, status }) => ({ id, code, status })),
    safety: safety.map(toSafetyFact),
  },
  revision: version,
})

export const opinionShape = z
  .strictObject({
    id: z.string(),
    activityId: z.uuid(),
    code: z.string().describe('Code of the activity in the plan'),
    version: z.int(),
    memberId: z.uuid().nullable().describe('Null: the person has left the family'),
    role: z.enum(memberRoles).nullable(),
    kind: z
      .enum(opinionKinds)
      .describe(
        '`clear` and `unclear`: whether the activity is understood; the others: whether the member agrees',
      ),
    text: z.string().nullable().describe(`Text of the member, at most ${longestOpinion} characters`),
    at: z.iso.datetime(),
  })
  .meta({ id: 'ActivityOpinion' })

export const toOpinionShape = (
  sealer: Sealer,
  members: readonly Member[],
  opinion: Opinion,
): z.output<typeof opinionShape> => {
  const { id, activityId, code, version, personId, kind, at } = opinion
  const member = members.find((one) => one.personId === personId)
  return {
    id: String(id),
    activityId,
    code,
    version,
    memberId: member?.id ?? null,
    role: member?.role ?? null,
    kind,
    text: opinionText(sealer, opinion),
    at: at.toISOString(),
  }
}

const problems = {
  'ends-before': 'ends before it starts',
  past: 'is already over',
  'too-long': 'is longer than the region allows for this support level',
  outside: 'is outside the period of the plan',
  never: 'does not occur within the period',
  'kind-unknown': 'is not a kind of help of the region',
  'catalogue-unknown': 'is not in the catalogue of the region',
  'catalogue-kind': 'is help of another kind in the catalogue of the region',
  twice: 'is a duplicate',
  'not-a-minor': 'is not a minor of this family',
  'not-for-minors': 'is allowed only if the audience is `minors` or `confidential`',
  'nobody-named': 'is required if the audience is `confidential`',
} as const satisfies Record<PlanProblem, string>

export const toFieldError = ({ pointer, problem }: PlanFault): FieldError => ({
  pointer,
  detail: problems[problem],
})
