import { z } from 'zod'
import { auditFamily, familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { recordHelpResult } from '#features/registers/help-results.ts'
import { helpResultCodes } from '#regions/registers/register.ts'
import { type HelpResult, helpResultsOf } from '#storage/registers/help-results.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const result = z
  .enum(helpResultCodes)
  .describe('`no-right`, `not-possible`: the family was told so (Crimea 1)')

const resultsSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          activityId: z.uuid(),
          result,
          on: z.iso.date(),
          toldOn: z.iso.date().nullable(),
          recordedAt: z.iso.datetime(),
        })
        .meta({ id: 'HelpResult' }),
    ),
  })
  .meta({ id: 'HelpResults' })

const toShape = (results: readonly HelpResult[]): z.output<typeof resultsSchema> => ({
  items: results.flatMap(({ activityId, result: of, on, toldOn, at }) =>
    of === null ? [] : [{ activityId, result: of, on, toldOn, recordedAt: at.toISOString() }],
  ),
})

export const serveHelpResults = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/help-results',
    'plans:read',
    {
      operationId: 'listHelpResults',
      tag: 'Plans',
      summary: 'Lists what came of the help of a plan',
      description: 'The last result of each activity that has one.',
      params,
      answer: resultsSchema,
    },
    async ({ deps, caller, params: { id } }) => {
      await familyForCaller(deps.database, { caller, id })
      return { body: toShape(await helpResultsOf(deps.database, id)) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/activities/:activityId/results',
    'plans:write',
    {
      operationId: 'recordHelpResult',
      tag: 'Plans',
      summary: 'Records what came of an activity',
      description:
        'Also of one that is not in the plan any more. The last result holds, and `null` takes it back. Families are not shown it. ' +
        'Audited as `family.changed`.',
      params: params.extend({ activityId: z.uuid() }),
      body: z.strictObject({
        result: result.nullable(),
        on: isoDay.describe('Not in the future'),
        toldOn: isoDay
          .optional()
          .describe('When the family was told; not for `received`; default: the same day'),
      }),
      status: 201,
      answer: resultsSchema,
    },
    async (tx, { deps, caller, params: { id, activityId }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      await recordHelpResult(tx, deps, { family, activityId, ...body, by: { apiKeyId: caller.keyId }, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toShape(await helpResultsOf(tx, id)) }
    },
  )
}
