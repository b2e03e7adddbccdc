import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import {
  auditFamily,
  familyForCaller,
  lockFamilyForCaller,
  safetyForCaller,
} from '#features/families/families-api.ts'
import { planSchema } from '#features/plan/plan-document.ts'
import { changeStatus, reportOutcome } from '#features/plan/activity-marks.ts'
import { readPlan } from '#features/plan/open-plan.ts'
import { publishPlan } from '#features/plan/publish-plan.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { InvalidPlan } from '#features/plan/plan-rules.ts'
import { activityStatuses } from '#storage/plan/activities.ts'
import { opinionsOf } from '#storage/plan/activities-opinions.ts'
import type { Reader } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { latestPlan } from '#storage/plan/plans.ts'
import type { Sealer } from '#storage/seal.ts'
import { acknowledgementSchema } from '#http/families/family-schemas.ts'
import { isoDay } from '../iso-day.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import {
  activityShape,
  opinionShape,
  planShape,
  toFieldError,
  toOpinionShape,
  toPlanShape,
} from './plan-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const activityParams = params.extend({ activityId: z.uuid() })
const version = z
  .preprocess(
    (given) => (typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : given),
    z.int().min(1),
  )
  .optional()
const cursor = cursorFor('opinions', z.string().regex(/^\d{1,18}$/))

export const servePlans = (api: Api): void => {
  writeRoute(
    api,
    'PUT /families/:id/plan',
    'plans:write',
    {
      operationId: 'putPlan',
      tag: 'Plans',
      summary: "Publishes a new version of a family's plan (IPSS)",
      description:
        'Replaces the whole document and notifies the family. If a plan exists, `If-Match` must name the version that you ' +
        'read. An unchanged document creates no version. What is newly for `minors` who said that contact through the parents is ' +
        'unsafe needs an `acknowledgement`, or the audience `confidential`; adults do not learn of a version that differs in ' +
        'confidential activities only.',
      params,
      body: planSchema
        .extend({ acknowledgement: acknowledgementSchema.optional() })
        .meta({ id: 'PlanPublication' }),
      ifMatch: 'optional',
      answer: planShape,
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: { id }, body: given, revision, conditional, now }) => {
      const { acknowledgement, ...document } = given
      const family = await lockFamilyForCaller(tx, { caller, id })
      const before = (await latestPlan(tx, id))?.version ?? 0
      const by = { apiKeyId: caller.keyId }
      // Without `If-Match` the caller assumes that there is no plan yet; an identical document is also accepted.
      const read = conditional ? revision : 0
      const published = await publishPlan(tx, deps, {
        ...{ family, document, read, by, now },
        reason: acknowledgement?.reason,
      }).catch((error: unknown) => {
        if (error instanceof InvalidPlan)
          throw new HttpProblem('invalid-input', error.faults.map(toFieldError), { cause: error })
        if (!conditional && error instanceof DomainError && error.code === 'stale')
          throw new HttpProblem('precondition-required', [{ parameter: 'If-Match', detail: 'is required' }])
        throw error
      })
      if (published !== before) await auditFamily(tx, { caller, id, now }, 'family.plan')
      const plan = await planOf(tx, deps.sealer, id)
      return toPlanShape({ ...plan, safety: await safetyForCaller(tx, deps.sealer, { caller, id, now }) })
    },
  )

  readRoute(
    api,
    'GET /families/:id/plan',
    'plans:read',
    {
      operationId: 'getPlan',
      tag: 'Plans',
      summary: "Returns a family's plan (IPSS), current or of a given version",
      description: 'Every access is audited.',
      params,
      query: z.strictObject({ version }),
      answer: planShape,
      responseHeaders: ['etag'],
      audited: true,
    },
    ({ deps, caller, params: { id }, query, now }) =>
      deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        const plan = await planOf(tx, deps.sealer, id, query.version)
        await auditFamily(tx, { caller, id, now }, 'family.plan')
        return toPlanShape({ ...plan, safety: await safetyForCaller(tx, deps.sealer, { caller, id, now }) })
      }),
  )

  readRoute(
    api,
    'GET /families/:id/plan/opinions',
    'plans:read',
    {
      operationId: 'listPlanOpinions',
      tag: 'Plans',
      summary: 'Lists opinions of family members about the activities',
      description:
        'For the commission. Of several opinions of a member about an activity and version, the last one counts ' +
        '(Stavropol 6.26). Every access is audited.',
      params,
      query: z.strictObject({ ...pageQuery, version }),
      answer: pageOf(opinionShape).meta({ id: 'ActivityOpinionPage' }),
      audited: true,
    },
    ({ deps, caller, params: { id }, query, now }) => {
      const after = cursor.read(query.cursor)
      return deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        const members = await membersOf(tx, id)
        const rows = await opinionsOf(tx, {
          familyId: id,
          version: query.version,
          after: after === undefined ? undefined : BigInt(after),
          limit: query.limit + 1,
        })
        await auditFamily(tx, { caller, id, now }, 'family.plan')
        const items = rows.slice(0, query.limit)
        const last = items.at(-1)
        return {
          body: {
            items: items.map((opinion) => toOpinionShape(deps.sealer, members, opinion)),
            nextCursor: rows.length > query.limit && last ? cursor.write(String(last.id)) : null,
          },
        }
      })
    },
  )

  writeRoute(
    api,
    'POST /families/:id/activities/:activityId/outcomes',
    'plans:write',
    {
      operationId: 'reportActivityOutcome',
      tag: 'Plans',
      summary: 'Records whether an activity took place on a day',
      description:
        'For an activity planned as a period, any day of it. The last day sets the activity to `done`. If the family ' +
        'reported otherwise, supervisors are notified.',
      params: activityParams,
      body: z.strictObject({ on: isoDay, happened: z.boolean() }),
      answer: activityShape,
    },
    async (tx, { deps, caller, params: { id, activityId }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const activity = await activityOf(tx, deps.sealer, id, activityId)
      await reportOutcome(tx, deps, { family, activity, ...body, now })
      await auditFamily(tx, { caller, id, now }, 'family.plan')
      return { body: toActivity(await activityOf(tx, deps.sealer, id, activityId)) }
    },
  )

  writeRoute(
    api,
    'PATCH /families/:id/activities/:activityId',
    'plans:write',
    {
      operationId: 'changeActivity',
      tag: 'Plans',
      summary: 'Sets the status of an activity',
      params: activityParams,
      body: z.strictObject({ status: z.enum(activityStatuses) }),
      answer: activityShape,
    },
    async (tx, { deps, caller, params: { id, activityId }, body: { status }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const activity = await activityOf(tx, deps.sealer, id, activityId)
      await changeStatus(tx, deps, { family, activity, status, now })
      await auditFamily(tx, { caller, id, now }, 'family.plan')
      return { body: toActivity({ ...activity, status }) }
    },
  )
}

const planOf = async (reader: Reader, sealer: Sealer, familyId: string, version?: number) => {
  const plan = await readPlan(reader, sealer, { familyId, version })
  if (!plan) throw new DomainError('not-found')
  return plan
}

const activityOf = async (reader: Reader, sealer: Sealer, familyId: string, activityId: string) => {
  const plan = await planOf(reader, sealer, familyId)
  const activity = plan.activities.find(({ id }) => id === activityId)
  if (!activity) throw new DomainError('not-found')
  return activity
}

const toActivity = ({ id, code, status }: Tracked): z.output<typeof activityShape> => ({ id, code, status })
