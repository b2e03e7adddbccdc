import { z } from 'zod'
import { auditFamily, familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { recordOutcome } from '#features/reports/outcomes.ts'
import { type CaseOutcome, outcomeKinds, outcomesOf } from '#storage/reports/case-outcomes.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const kind = z
  .enum(outcomeKinds)
  .describe(
    '`better`: the situation of the family is; `overcame`: it has overcome its hardship. Neither says the other',
  )

const outcomesSchema = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          kind,
          answer: z.boolean(),
          on: z.iso.date(),
          recordedAt: z.iso.datetime(),
          staffId: z.uuid().nullable(),
          apiKeyId: z.uuid().nullable(),
        }),
      )
      .describe('In the order in which they were recorded; of an acceptance and kind the last one holds'),
  })
  .meta({ id: 'CaseOutcomes' })

const toOutcomes = (outcomes: readonly CaseOutcome[]): z.output<typeof outcomesSchema> => ({
  items: outcomes.map(({ kind, answer, day, at, staffId, apiKeyId }) => ({
    ...{ kind, answer, on: day, recordedAt: at.toISOString(), staffId, apiKeyId },
  })),
})

/** The two answers of the final diagnosis that a report counts. */
export const serveOutcomes = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/outcomes',
    'families:read',
    {
      operationId: 'listCaseOutcomes',
      tag: 'Families',
      summary: 'Lists what the final diagnosis found',
      params,
      answer: outcomesSchema,
    },
    async ({ deps, caller, params: { id } }) => {
      await familyForCaller(deps.database, { caller, id })
      return { body: toOutcomes(await outcomesOf(deps.database, id)) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/outcomes',
    'families:write',
    {
      operationId: 'recordCaseOutcome',
      tag: 'Families',
      summary: 'Records what the final diagnosis found',
      description:
        'Of the present or last acceptance; another answer takes the place of the one before. The quarterly report counts `better` in ' +
        '`form.1.7.1` and `overcame` in `indicators.2`. Audited as `family.changed`.',
      params,
      body: z.strictObject({
        kind,
        answer: z.boolean(),
        on: isoDay.describe("The day of the finding in the region's time zone, not later than today"),
      }),
      status: 201,
      answer: outcomesSchema,
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      const outcomes = await recordOutcome(tx, deps, { family, ...body, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toOutcomes(outcomes) }
    },
  )
}
