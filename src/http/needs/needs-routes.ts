import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { addNeed, correctNeed, endNeed, markMain } from '#features/needs/change-needs.ts'
import { knownNeeds } from '#features/needs/case-needs.ts'
import { readNeeds } from '#features/needs/read-needs.ts'
import { longestReason } from '#features/requests/request-transitions.ts'
import { regionTexts } from '#regions/index.ts'
import { needFinders } from '#storage/needs/case-needs.ts'
import { freeText } from '../free-text.ts'
import { isoDay } from '../iso-day.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { needSchema, needsSchema, toNeed, toNeeds } from './needs-schemas.ts'

const family = z.strictObject({ id: z.uuid() })
const params = z.strictObject({ id: z.uuid(), needId: z.uuid() })
const hidden = 'Families are never shown it. Audited as `family.needs-changed`.'

/** Codes of all regions; which of them this one has is checked with the rules. */
const codes = [
  ...new Set(
    Object.values(regionTexts).flatMap(({ categories, circumstances }) =>
      [...circumstances, ...categories].map(({ code }) => code),
    ),
  ),
]
const code = z.enum(codes as [string, ...string[]]).describe("A code of this region's regulation")

export const serveNeeds = (api: Api): void => {
  readRoute(
    api,
    'GET /families/:id/needs',
    'families:details',
    {
      operationId: 'listFamilyNeeds',
      tag: 'Families',
      summary: 'Lists the categories and circumstances of a family',
      description:
        'Also those that have ended or were withdrawn, with all their versions. Every call is audited as `family.needs`.',
      params: family,
      query: z.strictObject({
        on: isoDay.optional().describe('The day for which `main` and `holds` are told; default: today'),
      }),
      answer: needsSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, query: { on }, now }) =>
      deps.database.transaction(async (tx) => {
        const of = await familyForCaller(tx, { caller, id })
        const known = await readNeeds(tx, deps, { family: of, by: { apiKeyId: caller.keyId }, now })
        return { body: toNeeds(known, on ?? dayAt(now, deps.region.timeZone).toString()) }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/needs',
    'families:write',
    {
      operationId: 'addFamilyNeed',
      tag: 'Families',
      summary: 'Adds a category or circumstance of a family',
      description: `Those of an accepted request are there by themselves. One that holds already is returned as it is. ${hidden}`,
      params: family,
      body: z
        .strictObject({
          kind: z.enum(['circumstance', 'category']),
          code,
          since: isoDay.optional().describe('Its first day, not in the future; default: today'),
          foundBy: z
            .enum(needFinders)
            .default('staff')
            .describe(
              '`other`: somebody who told of the family; `survey`: the visit at home; `body`: a consilium or commission',
            ),
        })
        .meta({
          examples: [{ kind: 'circumstance', code: 'no-work', since: '2026-10-01', foundBy: 'survey' }],
        }),
      status: 201,
      answer: needSchema,
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const of = await lockFamilyForCaller(tx, { caller, id })
      const need = await addNeed(tx, deps, { family: of, ...body, by: { apiKeyId: caller.keyId }, now })
      const today = dayAt(now, deps.region.timeZone).toString()
      return { body: toNeed(need, { ...(await knownNeeds(tx, deps, id)), day: today }) }
    },
  )

  const stepRoute = <B extends z.ZodType>(
    route: `POST /${string}` | `PATCH /${string}`,
    spec: { operationId: string; summary: string; description: string; body: B },
    take: (
      tx: Parameters<typeof endNeed>[0],
      deps: Parameters<typeof endNeed>[1],
      change: Parameters<typeof markMain>[2],
      body: z.output<B>,
    ) => ReturnType<typeof endNeed>,
  ): void =>
    writeRoute(
      api,
      route,
      'families:write',
      { ...spec, tag: 'Families', params, answer: needSchema },
      async (tx, { deps, caller, params: { id, needId }, body, now }) => {
        const of = await lockFamilyForCaller(tx, { caller, id })
        const change = { family: of, needId, by: { apiKeyId: caller.keyId }, now }
        const need = await take(tx, deps, change, body)
        const today = dayAt(now, deps.region.timeZone).toString()
        return { body: toNeed(need, { ...(await knownNeeds(tx, deps, id)), day: today }) }
      },
    )

  stepRoute(
    'POST /families/:id/needs/:needId/end',
    {
      operationId: 'endFamilyNeed',
      summary: 'Ends a category or circumstance of a family',
      description: `It stays in the list with its last day. ${hidden}`,
      body: z.strictObject({ until: isoDay.optional().describe('Its last day; default: today') }),
    },
    (tx, deps, change, { until }) => endNeed(tx, deps, { ...change, until }),
  )

  stepRoute(
    'POST /families/:id/needs/:needId/main',
    {
      operationId: 'markMainCategory',
      summary: 'Marks a category as the main one of a family',
      description: `From today on. Until one is marked, the oldest is the main one. ${hidden}`,
      body: z.strictObject({}),
    },
    (tx, deps, change) => markMain(tx, deps, change),
  )

  stepRoute(
    'PATCH /families/:id/needs/:needId',
    {
      operationId: 'correctFamilyNeed',
      summary: 'Corrects the days of a category or circumstance, or withdraws it',
      description: `What was said before is kept as a version. ${hidden}`,
      body: z.strictObject({
        since: isoDay.optional(),
        until: isoDay.nullable().optional().describe('Null: it goes on'),
        withdrawn: z.boolean().optional().describe('True: it never was'),
        reason: freeText(longestReason).describe('Why; stored encrypted'),
      }),
    },
    (tx, deps, change, body) => correctNeed(tx, deps, { ...change, ...body }),
  )
}
