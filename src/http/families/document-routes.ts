import { z } from 'zod'
import { type CaseDocument, caseDocuments, dateDocument } from '#features/families/case-documents.ts'
import { auditFamily, familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { documentCodes } from '#regions/documents.ts'
import { documentEvents } from '#storage/families/case-documents.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'

const params = z.strictObject({ id: z.uuid() })
const stated = z
  .strictObject({ id: z.uuid().describe('What a correction names in `corrects`'), on: z.iso.date() })
  .nullable()

const documentsSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          code: z.string(),
          clause: z.string().describe("Clause of the region's text that names it"),
          inCaseFile: z.boolean().describe('Part of the personal file'),
          made: stated,
          signed: stated,
          given: stated.describe('When the family got its copy'),
          missing: z.boolean().describe('Belongs into the personal file, and is not signed yet'),
        })
        .meta({ id: 'CaseDocument' }),
    ),
  })
  .meta({ id: 'CaseDocuments' })

const toShape = (documents: readonly CaseDocument[]) => ({
  items: documents.map(({ code, clause, file = false, dates, missing }) => ({
    code,
    clause,
    inCaseFile: file,
    made: dates.made ?? null,
    signed: dates.signed ?? null,
    given: dates.given ?? null,
    missing,
  })),
})

export const serveDocuments = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/documents',
    'families:read',
    {
      operationId: 'listCaseDocuments',
      tag: 'Families',
      summary: 'Lists the documents of a case with their dates, and which are missing',
      description: "The documents that the region's text names, in the order in which a case comes to them.",
      params,
      answer: documentsSchema,
    },
    async ({ deps, caller, params: { id } }) => {
      await familyForCaller(deps.database, { caller, id })
      return { body: toShape(await caseDocuments(deps.database, deps.region, id)) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/documents',
    'families:write',
    {
      operationId: 'dateCaseDocument',
      tag: 'Families',
      summary: 'Adds a date of a document, or corrects one',
      description:
        'When it was made, signed, or its copy was given. A date is never changed: `corrects` names the one that was wrong, and ' +
        '`on: null` takes it back. Also for a closed family. Audited as `family.changed`.',
      params,
      body: z.strictObject({
        document: z.enum(documentCodes).describe('One that the region has'),
        event: z.enum(documentEvents),
        on: isoDay.nullable(),
        corrects: z.uuid().nullable().optional(),
      }),
      status: 201,
      answer: documentsSchema,
    },
    async (
      tx,
      { deps, caller, params: { id }, body: { document: code, event, on, corrects = null }, now },
    ) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      await dateDocument(tx, deps.region, { family, dated: { code, event, on, corrects }, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toShape(await caseDocuments(tx, deps.region, id)) }
    },
  )
}
