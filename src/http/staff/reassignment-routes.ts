import { z } from 'zod'
import { reassignWork } from '#features/families/bulk-reassign.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, writeRoute } from '../staff-route.ts'

/** As many as can be given in one transaction. */
const most = 100
const pieces = z.array(z.uuid()).max(most).default([])

const given = z
  .array(z.strictObject({ id: z.uuid(), staffId: z.uuid().describe('Who has it now') }))
  .describe('In the order of ids')

export const serveReassignments = (api: Api): void =>
  writeRoute(
    api,
    'POST /reassignments',
    'staff:write',
    {
      operationId: 'reassignWork',
      tag: 'Staff',
      summary: 'Gives requests, families and visits of a staff member to another one, or evenly',
      description:
        'All or nothing: otherwise `not-allowed`, and `errors` names each piece that could not be given and why, the first 20. `getStaffWork` lists what a ' +
        'member has. `evenly`: a request goes by the routing rules, a family to the curator of its territory with the fewest, a visit ' +
        "to its family's curator. Families and specialists are told as by the single steps. Also needs `requests:write`, " +
        '`families:write` or `visits:write`, as far as there are such pieces.',
      body: z
        .strictObject({
          staffId: z.uuid().describe('Whose work it is'),
          handOverTo: z
            .union([z.literal('evenly'), z.uuid()])
            .describe('Who takes it: a staff member, or `evenly`'),
          requests: pieces.describe('Ids of open requests'),
          families: pieces.describe('Ids of families that the member curates'),
          visits: pieces.describe('Ids of planned visits that the member makes'),
        })
        .meta({
          examples: [
            {
              staffId: '018f3a5e-0000-7000-8000-000000000001',
              handOverTo: 'evenly',
              families: ['018f3a5e-0000-7000-8000-000000000002'],
            },
          ],
        }),
      answer: z.strictObject({ requests: given, families: given, visits: given }).meta({ id: 'Reassigned' }),
    },
    async (tx, { deps, caller, body: { handOverTo, ...work }, now }) => {
      mustHold(caller, work)
      const to = handOverTo === 'evenly' ? null : handOverTo
      if (to !== null) await mustReachMember(tx, caller, to)
      const by = { apiKeyId: caller.keyId }
      const reaches = (territory: string) => reachesTerritory(caller, territory)
      return { body: await reassignWork(tx, deps, { ...work, to, by, now, reaches }) }
    },
  )

const needed = {
  requests: 'requests:write',
  families: 'families:write',
  visits: 'visits:write',
} as const satisfies Record<string, Scope>

const mustHold = ({ scopes }: Caller, work: Record<keyof typeof needed, string[]>): void => {
  for (const [list, scope] of Object.entries(needed) as [keyof typeof needed, Scope][])
    if (work[list].length > 0 && !scopes.has(scope)) throw new HttpProblem('scope-missing')
}
