import { z } from 'zod'
import { auditFamily, familiesForCaller, familyDetails, showFamily } from '#features/families/families-api.ts'
import { createFamily } from '#features/families/family-transitions.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { familyStatuses } from '#storage/families/families.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { correctionMadeSchema, memberFacts, toCorrection } from '../facts-schema.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { repeatable } from '../query-params.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'
import {
  familySchema,
  levelSchema,
  listedFamilySchema,
  safetySchema,
  stageCode,
  toFamilyShape,
  toListedFamily,
  toSafetyFact,
} from './family-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('families', z.strictObject({ createdAt: instant, id: z.uuid() }))

const listQuery = z.strictObject({
  ...pageQuery,
  ...updatedSinceQuery,
  status: repeatable(z.enum(familyStatuses), 2).optional().describe('Matches any of the given values'),
  territory: repeatable(territoryCode, 100).optional().describe('Matches any of the given values'),
  curatorId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('Id of the curator, or `none` for families without one'),
  stage: stageCode.optional(),
  level: z
    .union([levelSchema, z.literal('none')])
    .optional()
    .describe('Level of support, or `none` if not decided yet'),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Sort order, by `createdAt`'),
})

const detailsSchema = z
  .strictObject({
    id: z.uuid(),
    number: z.int(),
    members: z.array(
      z
        .strictObject({
          id: z.uuid(),
          role: z.enum(memberRoles),
          name: z.string(),
          phone: z.string().optional(),
          address: z.string().optional(),
          corrections: z.array(correctionMadeSchema).describe('Oldest first'),
        })
        .meta({ id: 'NamedFamilyMember' }),
    ),
    safety: safetySchema,
  })
  .meta({ id: 'FamilyDetails' })

export const serveFamilies = (api: Api): void => {
  readRoute(
    api,
    'GET /families',
    'families:read',
    {
      operationId: 'listFamilies',
      tag: 'Families',
      summary: 'Lists families',
      description:
        'Contains no personal data. A key limited to territories sees only the families of these territories.',
      query: listQuery,
      answer: pageOf(listedFamilySchema).meta({ id: 'FamilyPage' }),
    },
    async ({ deps, caller, query }) => {
      const { limit, order, cursor: given, status: statuses, territory: territories, ...filter } = query
      const after = cursor.read(given, order)
      const wanted = { ...filter, statuses, territories }
      const { items, next } = await familiesForCaller(deps.database, caller, wanted, { order, after, limit })
      const nextCursor = next && cursor.write({ createdAt: next.createdAt, id: next.id }, order)
      return { body: { items: items.map(toListedFamily), nextCursor } }
    },
  )

  writeRoute(
    api,
    'POST /families',
    'families:write',
    {
      operationId: 'createFamily',
      tag: 'Families',
      summary: 'Creates a family that was accepted before the bot',
      description: 'For a request made through the bot, close the request with `support-agreed` instead.',
      body: z.strictObject({
        territory: territoryCode,
        curatorId: z
          .uuid()
          .nullable()
          .optional()
          .describe('Id of an active curator or supervisor who serves the territory'),
        level: levelSchema.nullable().optional(),
        stage: stageCode.optional(),
        appliedAt: instant.optional().describe('Time of the application; default: now'),
        members: z
          .array(z.strictObject({ role: z.enum(memberRoles), ...memberFacts }))
          .max(20)
          .default([])
          .describe('Without accounts; `renewFamilyMemberLink` invites those who will use the bot'),
      }),
      status: 201,
      answer: familySchema,
      responseHeaders: ['etag', 'location'],
    },
    async (tx, { deps, caller, body, now }) => {
      mustReachOne(deps.region, caller, body.territory)
      const { curatorId = null } = body
      if (curatorId !== null) await mustReachMember(tx, caller, curatorId)
      const { id } = await createFamily(tx, deps, {
        territory: body.territory,
        curatorId,
        level: body.level ?? null,
        stage: body.stage ?? deps.region.stages[0] ?? '',
        appliedAt: body.appliedAt ?? now,
        members: body.members.map(({ role, name, ...contact }) => ({ role, name, contact })),
        by: { apiKeyId: caller.keyId },
        now,
      })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return {
        ...toFamilyShape(await showFamily(tx, deps.sealer, { caller, id, now })),
        location: `/api/v1/families/${id}`,
      }
    },
  )

  readRoute(
    api,
    'GET /families/:id',
    'families:read',
    {
      operationId: 'getFamily',
      tag: 'Families',
      summary: 'Returns a family with its members and history',
      description:
        'Contains no names; `getFamilyDetails` returns them. If there are safety facts, the call is audited as `family.safety`.',
      params,
      answer: familySchema,
      responseHeaders: ['etag'],
      audited: true,
    },
    async ({ deps, caller, params: { id }, now }) =>
      toFamilyShape(
        await deps.database.transaction((tx) => showFamily(tx, deps.sealer, { caller, id, now })),
      ),
  )

  readRoute(
    api,
    'GET /families/:id/details',
    'families:details',
    {
      operationId: 'getFamilyDetails',
      tag: 'Families',
      summary: 'Returns the names, phones and addresses of the members of a family',
      description: 'Every call is audited as `family.details`.',
      params,
      answer: detailsSchema,
      audited: true,
    },
    async ({ deps, caller, params: { id }, now }) => {
      const { family, members, safety } = await deps.database.transaction((tx) =>
        familyDetails(tx, deps.sealer, { caller, id, now }),
      )
      const named = members.map(({ id: memberId, role, called, reached, corrections }) => ({
        ...{ id: memberId, role, name: called, ...reached },
        corrections: corrections.map(toCorrection),
      }))
      return {
        body: { id: family.id, number: family.number, members: named, safety: safety.map(toSafetyFact) },
      }
    },
  )
}
