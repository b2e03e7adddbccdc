import { z } from 'zod'
import { auditFamily, lockFamilyForCaller, showFamily } from '#features/families/families-api.ts'
import { DomainError } from '#core/errors.ts'
import { contradictsSigns } from '#features/levels/decide-level.ts'
import { changeCurator, changeLevel } from '#features/families/family-transitions.ts'
import { closeFamily, moveFamily } from '#features/families/stage-transitions.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { endReasons } from '#storage/families/families.ts'
import { skipReason } from '../cases/case-schemas.ts'
import { HttpProblem } from '../problems.ts'
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
      summary: 'Updates the curator or level of a family',
      description:
        'Absent fields stay unchanged. A new curator is announced to the family. A level against the signs that were found last is ' +
        'refused: `decideFamilyLevel` takes the reason.',
      params,
      body: z.strictObject({
        curatorId: z
          .uuid()
          .nullable()
          .optional()
          .describe(
            'Id of an active curator or supervisor who serves the territory; null: no curator for now',
          ),
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
      if (level !== undefined && (await contradictsSigns(tx, family, level)))
        throw new DomainError('invalid-input', { field: 'level' })
      if (level !== undefined) await changeLevel(tx, deps, { family, level, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return toFamilyShape(await showFamily(tx, deps.sealer, { caller, id, now }))
    },
  )

  writeRoute(
    api,
    'POST /families/:id/transition',
    'families:write',
    {
      operationId: 'moveFamily',
      tag: 'Families',
      summary: 'Moves a family to a later stage, or closes it',
      description:
        'A stage is left out only with `skip`, of which supervisors learn; none is reversed. The family is notified at once. A closed family is read-only: members ' +
        'can still read it, and its planned visits are cancelled.',
      params,
      body: z.strictObject({
        to: z.string().max(64).describe('Code of a stage of the region, or `closed`'),
        skip: skipReason,
        reason: z
          .enum(endReasons)
          .optional()
          .describe(
            "Why support ends, with `closed` only: one of the region's grounds, or of the product's where it has none",
          ),
        contactAfter: z
          .boolean()
          .optional()
          .describe('With `closed` only: the family is asked every three months how it is'),
      }),
      answer: familySchema,
      responseHeaders: ['etag'],
      ifMatch: 'optional',
    },
    async (tx, { deps, caller, params: { id }, body: { to, reason, skip, contactAfter }, revision, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id, revision })
      const by = { apiKeyId: caller.keyId }
      if (reason !== undefined && to !== 'closed')
        throw new HttpProblem('invalid-input', [{ pointer: '#/reason', detail: 'goes with `closed` only' }])
      if (to === 'closed') await closeFamily(tx, deps, { family, reason, contactAfter, by, now })
      else await moveFamily(tx, deps, { family, to, skip, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return toFamilyShape(await showFamily(tx, deps.sealer, { caller, id, now }))
    },
  )
}
