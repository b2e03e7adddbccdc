import { z } from 'zod'
import { auditFamily, lockFamilyForCaller, showFamily } from '#features/families/families-api.ts'
import { changeCurator, changeLevel, closeFamily, moveFamily } from '#features/families/family-transitions.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { familySchema, levelSchema, toFamilyShape } from './family-schemas.ts'

const params = z.strictObject({ id: z.uuid() })

export const serveFamilySteps = (api: Api): void => {
  writeRoute(
    api,
    'PATCH /families/:id',
    'families:write',
    {
      operationId: 'updateFamily',
      tag: 'Families',
      summary: 'Names another curator or level of a family',
      description: 'What is left out stays. The family is told of another curator.',
      params,
      body: z.strictObject({
        curatorId: z
          .uuid()
          .nullable()
          .optional()
          .describe('Of an active member who serves the territory; null: nobody for now'),
        level: levelSchema.optional(),
      }),
      answer: familySchema,
      responseHeaders: ['etag'],
      ifMatch: 'required',
    },
    async (tx, { deps, caller, params: { id }, body: { curatorId, level }, revision, now }) => {
      let family = await lockFamilyForCaller(tx, { caller, id, revision })
      const by = { apiKeyId: caller.keyId }
      if (curatorId !== undefined) {
        if (curatorId !== null) await mustReachMember(tx, caller, curatorId)
        family = await changeCurator(tx, deps, { family, curatorId, by, now })
      }
      if (level !== undefined) await changeLevel(tx, deps, { family, level, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return toFamilyShape(await showFamily(tx, { caller, id }))
    },
  )

  writeRoute(
    api,
    'POST /families/:id/transition',
    'families:write',
    {
      operationId: 'moveFamily',
      tag: 'Families',
      summary: 'Moves a family on to a stage, or closes it',
      description:
        'Stages may be left out, never gone back to. The family is told at once. Members of a closed family go on ' +
        'reading, and nobody changes anything.',
      params,
      body: z.strictObject({
        to: z.string().max(64).describe('Code of a stage of the region, or `closed`'),
      }),
      answer: familySchema,
      responseHeaders: ['etag'],
      ifMatch: 'optional',
    },
    async (tx, { deps, caller, params: { id }, body: { to }, revision, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id, revision })
      const by = { apiKeyId: caller.keyId }
      if (to === 'closed') await closeFamily(tx, deps, { family, by, now })
      else await moveFamily(tx, deps, { family, to, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return toFamilyShape(await showFamily(tx, { caller, id }))
    },
  )
}
