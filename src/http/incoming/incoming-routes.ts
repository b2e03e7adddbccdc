import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { familyForCaller } from '#features/families/families-api.ts'
import { longestFrom } from '#features/incoming/incoming.ts'
import { incomingForCaller, incomingListForCaller, readIncoming } from '#features/incoming/incoming-api.ts'
import { registerIncoming } from '#features/incoming/register-incoming.ts'
import {
  joinIncoming,
  linkIncoming,
  longestUnconfirmed,
  refuteIncoming,
} from '#features/incoming/settle-incoming.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { requestForCaller } from '#features/requests/requests-api.ts'
import { sourceCodes } from '#regions/schema.ts'
import { incomingOutcomes } from '#storage/incoming/incoming.ts'
import { freeText } from '../free-text.ts'
import { isoDay } from '../iso-day.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { repeatable } from '../query-params.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReachOne, territoryCode } from '../territory-codes.ts'
import { incomingDetailsSchema, incomingSchema, toIncoming, toIncomingDetails } from './incoming-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('incoming', z.strictObject({ number: z.int() }))

export const serveIncoming = (api: Api): void => {
  writeRoute(
    api,
    'POST /incoming',
    'requests:write',
    {
      operationId: 'registerIncoming',
      tag: 'Requests',
      summary: 'Registers a message about a family from somebody else than who applies',
      description:
        'A helpline, a portal, a prevention body, a school, a neighbour, a memo. It starts no term: only an application does ' +
        '(`registerRequest`, or the bot). Words of danger open an urgent request at once; otherwise it waits for staff. Families are ' +
        'never shown it. Audited as `incoming.registered`. Send an `Idempotency-Key`.',
      body: z
        .strictObject({
          source: z
            .enum(sourceCodes)
            .describe("A source of this region's regulation; `application` has a way of its own"),
          receivedOn: isoDay.describe('Not later than today, at most a year ago'),
          from: freeText(longestFrom).describe('From whom, and of whom; stored encrypted'),
          words: freeText(longestMessage).describe('What was said or written; stored encrypted'),
          territory: territoryCode.describe("With `familyId` the family's counts"),
          familyId: z
            .uuid()
            .optional()
            .describe('The family that it is about, if it is known; its curator is told'),
        })
        .meta({
          examples: [
            {
              source: 'municipal-body',
              receivedOn: '2026-11-20',
              from: 'School No. 5, class teacher, of Masha',
              words: 'The girl has been missing lessons since September',
              territory: 'leninsky',
            },
          ],
        }),
      status: 201,
      answer: incomingSchema,
      responseHeaders: ['location'],
    },
    async (tx, { deps, caller, body: { familyId, ...incoming }, now }) => {
      mustReachOne(deps.region, caller, incoming.territory)
      const family = familyId === undefined ? null : await familyForCaller(tx, { caller, id: familyId })
      const by = { apiKeyId: caller.keyId }
      const { id } = await registerIncoming(tx, deps, { incoming, family, by, now })
      return {
        body: toIncoming(await incomingForCaller(tx, { caller, id })),
        location: `/api/v1/incoming/${id}`,
      }
    },
  )

  readRoute(
    api,
    'GET /incoming',
    'requests:read',
    {
      operationId: 'listIncoming',
      tag: 'Requests',
      summary: 'Lists messages about families, newest first',
      description: 'Without their words. A key limited to territories sees only those of these territories.',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(['open', 'settled']).optional().describe('`open`: nothing became of it yet'),
        territory: repeatable(territoryCode, 100).optional().describe('Matches any of the given values'),
        familyId: z.uuid().optional(),
      }),
      answer: pageOf(incomingSchema).meta({ id: 'IncomingPage' }),
    },
    async ({ deps, caller, query: { limit, cursor: given, territory: territories, ...filter } }) => {
      const after = cursor.read(given)?.number
      const wanted = { ...filter, territories }
      const { items, next } = await incomingListForCaller(deps.database, caller, wanted, { after, limit })
      const nextCursor = next === null ? null : cursor.write({ number: next })
      return { body: { items: items.map(toIncoming), nextCursor } }
    },
  )

  readRoute(
    api,
    'GET /incoming/:id',
    'requests:details',
    {
      operationId: 'getIncoming',
      tag: 'Requests',
      summary: 'Returns a message about a family with its words',
      description: 'Every call is audited as `incoming.details`.',
      params,
      answer: incomingDetailsSchema,
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        const incoming = await incomingForCaller(tx, { caller, id })
        const by = { apiKeyId: caller.keyId }
        return { body: toIncomingDetails(await readIncoming(tx, deps.sealer, { incoming, by, now })) }
      }),
  )

  writeRoute(
    api,
    'POST /incoming/:id/outcome',
    'requests:write',
    {
      operationId: 'settleIncoming',
      tag: 'Requests',
      summary: 'Says what became of a message: its family, its request, or that it was not confirmed',
      description:
        'The same again changes nothing; another family or request corrects what was said before, which is kept. Audited as ' +
        '`incoming.changed`.',
      params,
      body: z
        .strictObject({
          outcome: z.enum(incomingOutcomes),
          familyId: z.uuid().optional().describe('With `family`: its curator is told'),
          requestId: z.uuid().optional().describe('With `request`: the application that came of it'),
          reason: freeText(longestUnconfirmed)
            .optional()
            .describe('With `unconfirmed`: why; stored encrypted'),
        })
        .meta({ examples: [{ outcome: 'unconfirmed', reason: 'The family lives elsewhere since August' }] }),
      answer: incomingSchema,
    },
    async (tx, { deps, caller, params: { id }, body: { outcome, familyId, requestId, reason }, now }) => {
      const incoming = await incomingForCaller(tx, { caller, id })
      const given = { incoming, by: { apiKeyId: caller.keyId }, now }
      if (outcome === 'family') {
        const family = await familyForCaller(tx, { caller, id: needed(familyId, 'familyId') })
        return { body: toIncoming(await linkIncoming(tx, deps, { ...given, family })) }
      }
      if (outcome === 'request') {
        const request = await requestForCaller(tx, { caller, id: needed(requestId, 'requestId') })
        return { body: toIncoming(await joinIncoming(tx, { ...given, requestId: request.id })) }
      }
      const why = needed(reason, 'reason')
      return { body: toIncoming(await refuteIncoming(tx, deps, { ...given, reason: why })) }
    },
  )
}

const needed = (value: string | undefined, field: string): string => {
  if (value === undefined) throw new DomainError('invalid-input', { field })
  return value
}
