import { z } from 'zod'
import { addMember, inviteToFamily } from '#features/families/members.ts'
import { auditFamily, familyInHandFor, showFamily } from '#features/families/office.ts'
import { createFamily } from '#features/families/steps.ts'
import { mustReachMember } from '#features/requests/office-steps.ts'
import { memberRoles } from '#storage/family-members.ts'
import { moment } from '../moment.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territories.ts'
import { words } from '../words.ts'
import { familySchema, levelSchema, memberSchema, toFamilyShape, toMemberShape } from './family-shape.ts'

const params = z.strictObject({ id: z.uuid() })

export const serveFamilies = (api: Api): void => {
  writeRoute(
    api,
    'POST /families',
    'families:write',
    {
      operationId: 'createFamily',
      tag: 'Families',
      summary: 'Keeps a family that was accepted before the bot',
      description:
        'One whose request came through the bot is made by closing that request with `support-agreed`.',
      body: z.strictObject({
        territory: territoryCode,
        curatorId: z.uuid().nullable().optional().describe('Of an active member who serves the territory'),
        level: levelSchema.nullable().optional(),
        stage: z.string().max(64).describe("Code of the region's stage").optional(),
        appliedAt: moment.optional().describe('When support was asked for; now unless told'),
      }),
      status: 201,
      answer: familySchema,
      heads: ['etag', 'location'],
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
        by: { apiKeyId: caller.keyId },
        now,
      })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { ...toFamilyShape(await showFamily(tx, { caller, id })), location: `/api/v1/families/${id}` }
    },
  )

  readRoute(
    api,
    'GET /families/:id',
    'families:read',
    {
      operationId: 'getFamily',
      tag: 'Families',
      summary: 'One family: its members, its stage and what happened to it',
      description: 'Nothing personal: names are among the details.',
      params,
      answer: familySchema,
      heads: ['etag'],
    },
    async ({ deps, caller, params: { id } }) =>
      toFamilyShape(await showFamily(deps.database, { caller, id })),
  )

  writeRoute(
    api,
    'POST /families/:id/members',
    'families:write',
    {
      operationId: 'addFamilyMember',
      tag: 'Families',
      summary: 'Adds a member, and makes the one-time link by which they join the bot',
      description: 'The link works once, within 14 days.',
      params,
      body: z.strictObject({
        role: z.enum(memberRoles),
        name: words(100).describe('How the member is called; kept sealed'),
      }),
      status: 201,
      answer: z
        .strictObject({ member: memberSchema, link: z.string(), expiresAt: z.iso.datetime() })
        .meta({ id: 'FamilyMemberLink' }),
    },
    async (tx, { deps, caller, params: { id }, body: { role, name }, now }) => {
      const family = await familyInHandFor(tx, { caller, id })
      const { id: memberId } = await addMember(tx, deps, { familyId: family.id, role, name, now })
      const invited = await inviteToFamily(tx, { botUsername: deps.botUsername(), now }, memberId)
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      const { member, link, expiresAt } = invited
      return { body: { member: toMemberShape(member), link, expiresAt: expiresAt.toISOString() } }
    },
  )
}
