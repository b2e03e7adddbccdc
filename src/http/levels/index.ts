import { z } from 'zod'
import { familyForCaller, lockFamilyForCaller } from '#features/families/families-api.ts'
import { decideLevel, readLevelDecisions } from '#features/levels/decide-level.ts'
import { mustBeSigns, proposeLevel } from '#features/levels/propose-level.ts'
import { levelSchema } from '#http/families/family-schemas.ts'
import { type Api, readRoute, writeRoute } from '#http/staff-route.ts'
import {
  levelDecisionSchema,
  levelReasonSchema,
  proposalSchema,
  signsSchema,
  toLevelDecision,
  toProposal,
} from './level-schemas.ts'

const params = z.strictObject({ id: z.uuid() })

export const registerLevels = (api: Api): void => {
  readRoute(
    api,
    'POST /families/:id/level-proposal',
    'families:read',
    {
      operationId: 'proposeFamilyLevel',
      tag: 'Families',
      summary: 'Returns the level that signs propose, with their clause',
      description: 'Changes nothing: a person decides (`decideFamilyLevel`).',
      params,
      body: z.strictObject({ signs: signsSchema }).meta({ examples: [{ signs: ['crisis-4', 'basic-1'] }] }),
      answer: proposalSchema,
    },
    async ({ deps, caller, params: { id }, body: { signs } }) => {
      await familyForCaller(deps.database, { caller, id })
      mustBeSigns(deps.region, signs)
      return { body: toProposal(proposeLevel(deps.region, signs)) }
    },
  )

  readRoute(
    api,
    'GET /families/:id/level-decisions',
    'families:details',
    {
      operationId: 'listLevelDecisions',
      tag: 'Families',
      summary: 'Lists which signs were found, what they proposed and which level was chosen',
      description: 'Oldest first. Every call is audited as `family.level`.',
      params,
      answer: z.strictObject({ items: z.array(levelDecisionSchema) }).meta({ id: 'LevelDecisions' }),
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        await familyForCaller(tx, { caller, id })
        const by = { apiKeyId: caller.keyId }
        const decisions = await readLevelDecisions(tx, deps.sealer, { familyId: id, by, now })
        return { body: { items: decisions.map(toLevelDecision) } }
      }),
  )

  writeRoute(
    api,
    'POST /families/:id/level',
    'families:write',
    {
      operationId: 'decideFamilyLevel',
      tag: 'Families',
      summary: 'Decides the level of a family, with the signs that were found',
      description:
        'The signs propose their highest level; another one needs a reason. Without signs any level may be chosen. The same again changes nothing. ' +
        'Audited as `family.level-changed`.',
      params,
      body: z
        .strictObject({ signs: signsSchema, level: levelSchema, reason: levelReasonSchema.optional() })
        .meta({ examples: [{ signs: ['crisis-4', 'basic-1'], level: 'crisis' }] }),
      answer: levelDecisionSchema,
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      return { body: toLevelDecision(await decideLevel(tx, deps, { family, by, now, ...body })) }
    },
  )
}
