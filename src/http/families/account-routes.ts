import { z } from 'zod'
import { decideAccount } from '#features/families/account-changes.ts'
import { lockFamilyForCaller } from '#features/families/families-api.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { accountDecisions, confirmedHow } from '#storage/families/account-changes.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, writeRoute } from '../staff-route.ts'
import { memberSchema, toMemberShape } from './family-schemas.ts'

/**
 * Replacing an account, or confirming one, gives whoever holds it a conversation: a key that may not read conversations
 * may not give them away either.
 */
export const mustReadMessages = ({ scopes }: Caller): void => {
  if (!scopes.has('messages:read')) throw new HttpProblem('scope-missing')
}

export const serveAccounts = (api: Api): void => {
  writeRoute(
    api,
    'POST /families/:id/members/:memberId/account',
    'families:write',
    {
      operationId: 'decideFamilyMemberAccount',
      tag: 'Families',
      summary: 'Decides about an account that came by a new link',
      description:
        'After somebody has spoken with the person, by voice or at a meeting, and never in writing. `confirmed`: the new account ' +
        'reads everything. `refused`: the member has no account until the next link. `restored`: the account before is the ' +
        "member's again. Without anything to decide nothing changes. Audited as `family.account`. Also needs `messages:read`.",
      params: z.strictObject({ id: z.uuid(), memberId: z.uuid() }),
      body: z.strictObject({
        decision: z.enum(accountDecisions),
        how: z.enum(confirmedHow).describe('How the person was spoken with'),
      }),
      answer: memberSchema,
    },
    async (tx, { deps, caller, params: { id, memberId }, body: { decision, how }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      mustReadMessages(caller)
      const by = { apiKeyId: caller.keyId }
      return {
        body: toMemberShape(await decideAccount(tx, deps, { family, memberId, decision, how, by, now })),
      }
    },
  )
}
