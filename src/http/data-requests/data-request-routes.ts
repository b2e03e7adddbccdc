import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { openDataRequest } from '#features/data-requests/data-requests-for-staff.ts'
import {
  dataRequestForCaller,
  dataRequestsForCaller,
  mustReachData,
} from '#features/data-requests/data-requests-api.ts'
import { type About, receiveDataRequest, whoseData } from '#features/data-requests/receive-data-request.ts'
import { dataRequestKinds } from '#storage/data-requests/data-requests.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { booleanParam, repeatable } from '../query-params.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { territoryCode } from '../territory-codes.ts'
import {
  dataRequestDetailsSchema,
  dataRequestSchema,
  newDataRequestSchema,
  toDataRequest,
  toDataRequestDetails,
} from './data-request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('data-requests', z.strictObject({ dueAt: z.iso.datetime(), number: z.int() }))

export const serveDataRequests = (api: Api): void => {
  readRoute(
    api,
    'GET /data-requests',
    'data:read',
    {
      operationId: 'listDataRequests',
      tag: 'Data requests',
      summary: 'Lists what people ask about their own data, the first term first',
      description:
        'Without words and names. A key limited to territories sees only those of its territories.',
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(['open', 'closed']).optional(),
        overdue: booleanParam().optional().describe('`true`: only open ones whose term is over'),
        restricted: booleanParam().optional().describe('Whether the data are blocked for it'),
        kind: z.enum(dataRequestKinds).optional(),
        territory: repeatable(territoryCode, 100).optional().describe('Matches any of the given values'),
      }),
      answer: pageOf(dataRequestSchema).meta({ id: 'DataRequestPage' }),
    },
    async ({ deps, caller, query, now }) => {
      const { limit, cursor: given, state, overdue, restricted, kind, territory: territories } = query
      const place = cursor.read(given)
      const filter = {
        ...{ kind, restricted, territories },
        open: overdue === true ? true : state && state === 'open',
        dueBefore: overdue === true ? now : undefined,
      }
      const after = place && { dueAt: new Date(place.dueAt), number: place.number }
      const { items, next } = await dataRequestsForCaller(deps.database, caller, filter, { after, limit })
      const nextCursor = next && cursor.write({ dueAt: next.dueAt.toISOString(), number: next.number })
      return { body: { items: items.map((one) => toDataRequest(one, now)), nextCursor } }
    },
  )

  writeRoute(
    api,
    'POST /data-requests',
    'data:write',
    {
      operationId: 'registerDataRequest',
      tag: 'Data requests',
      summary: 'Registers what somebody asks about their data on paper, by mail or by phone',
      description:
        'Its term is ten working days from `receivedOn` (152-FZ, art. 20). Name either `requestId` or `memberId`. Audited as ' +
        '`data-requests.changed`. Send an `Idempotency-Key`.',
      body: newDataRequestSchema,
      status: 201,
      answer: dataRequestSchema,
      responseHeaders: ['etag', 'location'],
    },
    async (tx, { deps, caller, body, now }) => {
      const { requestId, memberId, kind, source, receivedOn, ...asked } = body
      const about = aboutOf({ requestId, memberId })
      mustReachData(caller, (await whoseData(tx, about)).territory)
      const received = { kind, source, receivedOn, about, asked }
      const made = await receiveDataRequest(tx, deps, { received, by: { apiKeyId: caller.keyId }, now })
      return {
        body: toDataRequest(made, now),
        revision: made.revision,
        location: `/api/v1/data-requests/${made.id}`,
      }
    },
  )

  readRoute(
    api,
    'GET /data-requests/:id',
    'data:read',
    {
      operationId: 'getDataRequest',
      tag: 'Data requests',
      summary: 'Returns a data request with its words, its history and the consents of whom it is about',
      description: 'Every call is audited as `data-requests.opened`.',
      params,
      answer: dataRequestDetailsSchema,
      responseHeaders: ['etag'],
      audited: true,
    },
    ({ deps, caller, params: { id }, now }) =>
      deps.database.transaction(async (tx) => {
        const request = await dataRequestForCaller(tx, { caller, id })
        const by = { apiKeyId: caller.keyId }
        const open = await openDataRequest(tx, deps.sealer, { request, by, now })
        return { body: toDataRequestDetails(open, now), revision: request.revision }
      }),
  )
}

const aboutOf = ({
  requestId,
  memberId,
}: {
  requestId?: string | undefined
  memberId?: string | undefined
}): About => {
  if (requestId !== undefined && memberId === undefined) return { requestId }
  if (memberId !== undefined && requestId === undefined) return { memberId }
  throw new DomainError('invalid-input', { field: 'memberId' })
}
