import { z } from 'zod'
import { correctMember } from '#features/corrections/correct.ts'
import { lockFamilyForCaller } from '#features/families/families-api.ts'
import { correctionSchema, factsNote } from '../facts-schema.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { memberSchema, toMemberShape } from './family-schemas.ts'

export const serveMemberFacts = (api: Api): void =>
  writeRoute(
    api,
    'PATCH /families/:id/members/:memberId',
    'families:write',
    {
      operationId: 'correctFamilyMember',
      tag: 'Families',
      summary: 'Corrects the name, phone or address of a family member',
      description:
        `${factsNote} What the member said with their own request is corrected, too. Also after support has ended. ` +
        'Audited as `family.corrected`; `getFamilyDetails` lists corrections. `If-Match` names the revision of the family.',
      params: z.strictObject({ id: z.uuid(), memberId: z.uuid() }),
      body: correctionSchema,
      answer: memberSchema,
      ifMatch: 'optional',
    },
    async (tx, { deps, caller, params: { id, memberId }, body: { reason, ...facts }, revision, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id, revision })
      const by = { apiKeyId: caller.keyId }
      return {
        body: toMemberShape(
          await correctMember(tx, deps.sealer, { family, memberId, facts, reason, by, now }),
        ),
      }
    },
  )
