import { z } from 'zod'
import { auditFamily, familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { type CaseFact, caseFacts, recordFact } from '#features/registers/case-facts.ts'
import { caseFactCodes } from '#regions/registers/register.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const fact = z.enum(caseFactCodes).describe("One that a result of the region's text counts")
const rowId = z.string().regex(/^\d{1,18}$/)

const factsSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          id: rowId.describe('What a correction names in `corrects`'),
          fact,
          on: z.iso.date(),
        })
        .meta({ id: 'CaseFact' }),
    ),
  })
  .meta({ id: 'CaseFacts' })

const toShape = (facts: readonly CaseFact[]): z.output<typeof factsSchema> => ({
  items: facts.map(({ id, code, on }) => ({ id: String(id), fact: code, on })),
})

export const serveCaseFacts = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/facts',
    'families:details',
    {
      operationId: 'listCaseFacts',
      tag: 'Families',
      summary: 'Lists what happened to a family, as results of support count it',
      description: 'Stored encrypted. Every call is audited as `family.needs`.',
      params,
      answer: factsSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        await auditFamily(tx, { caller, id, now }, 'family.needs')
        return { body: toShape(await caseFacts(tx, deps, id)) }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/facts',
    'families:write',
    {
      operationId: 'recordCaseFact',
      tag: 'Families',
      summary: 'Records what happened to a family on a day, or corrects a record of it',
      description:
        'A record is never changed: `corrects` names the one that was wrong, and `on: null` takes it back. Also for a closed family. ' +
        'Families are never shown it. Audited as `family.needs-changed`.',
      params,
      body: z.strictObject({ fact, on: isoDay.nullable(), corrects: rowId.nullable().optional() }),
      status: 201,
      answer: factsSchema,
    },
    async (tx, { deps, caller, params: { id }, body: { fact: code, on, corrects = null }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const row = corrects === null ? null : BigInt(corrects)
      const by = { apiKeyId: caller.keyId }
      await recordFact(tx, deps, { family, code, on, corrects: row, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.needs-changed')
      return { body: toShape(await caseFacts(tx, deps, id)) }
    },
  )
}
