import { z } from 'zod'
import { activitySchema, maxActivities, planSchema } from '#features/plan/plan-document.ts'
import { longestOpinion, opinionText } from '#features/plan/activity-opinions.ts'
import type { OpenPlan } from '#features/plan/open-plan.ts'
import type { PlanFault, PlanProblem } from '#features/plan/plan-rules.ts'
import { activityStatuses } from '#storage/plan/activities.ts'
import { type Opinion, opinionKinds } from '#storage/plan/activities-opinions.ts'
import { type Member, memberRoles } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import type { FieldError } from '../problems.ts'

export const activityShape = z
  .strictObject({
    id: z.uuid(),
    code: z.string().describe('As the plan names it'),
    status: z.enum(activityStatuses).describe("The staff's word"),
  })
  .meta({ id: 'Activity' })

export const planShape = z
  .strictObject({
    version: z.int().describe('From 1; in quotes it is the ETag: `"3"`'),
    publishedAt: z.iso.datetime(),
    plan: z
      .strictObject({ ...planSchema.shape, activities: z.array(activitySchema).max(maxActivities) })
      .meta({ id: 'Plan' }),
    activities: z.array(activityShape).describe('What is kept of each through all versions'),
  })
  .meta({ id: 'PlanVersion' })

/** With the version that becomes the ETag. */
export const toPlanShape = ({
  version,
  at,
  document,
  activities,
}: OpenPlan): { body: z.output<typeof planShape>; revision: number } => ({
  body: {
    version,
    publishedAt: at.toISOString(),
    plan: document,
    activities: activities.map(({ id, code, status }) => ({ id, code, status })),
  },
  revision: version,
})

export const opinionShape = z
  .strictObject({
    id: z.string(),
    activityId: z.uuid(),
    code: z.string().describe('As the plan names the activity'),
    version: z.int(),
    memberId: z.uuid().nullable().describe('Null: they are not of the family any more'),
    role: z.enum(memberRoles).nullable(),
    kind: z
      .enum(opinionKinds)
      .describe('`clear` and `unclear` tell whether it is understood, the others whether the member agrees'),
    text: z.string().nullable().describe(`In the member's words, ${longestOpinion} characters at most`),
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
  'ends-before': 'ends before it begins',
  past: 'is over already',
  'too-long': 'longer than support of this level lasts in the region',
  outside: 'not within the period of the plan',
  never: 'no such day is within the period',
  'kind-unknown': 'the region gives no such help',
  twice: 'stands there twice',
  'not-a-minor': 'not a minor of this family',
  'not-for-minors': 'names single members of what is not for minors',
} as const satisfies Record<PlanProblem, string>

export const toFieldError = ({ pointer, problem }: PlanFault): FieldError => ({
  pointer,
  detail: problems[problem],
})
