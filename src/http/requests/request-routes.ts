import { z } from 'zod'
import { requestDetails, requestsForCaller, showRequest } from '#features/requests/requests-api.ts'
import { requestStatuses } from '#storage/requests/request-list-statement.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { booleanParam, repeatable } from '../query-params.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territory-codes.ts'
import {
  detailsSchema,
  listedSchema,
  requestSchema,
  toDetails,
  toListed,
  toRequest,
} from './request-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('requests', z.strictObject({ submittedAt: instant, id: z.uuid() }))

const listQuery = z.strictObject({
  ...pageQuery,
  ...updatedSinceQuery,
  status: repeatable(z.enum(requestStatuses), 4).optional().describe('Matches any of the given values'),
  territory: repeatable(territoryCode, 100).optional().describe('Matches any of the given values'),
  urgent: booleanParam().optional(),
  assigneeId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('Id of the assignee, or `none` for unassigned requests'),
  submittedSince: instant.optional(),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Sort order, by `submittedAt`'),
})

export const serveRequests = (api: Api): void => {
  readRoute(
    api,
    'GET /requests',
    'requests:read',
    {
      operationId: 'listRequests',
      tag: 'Requests',
      summary: 'Lists requests',
      description:
        'Contains no names, contacts or texts. A key limited to territories sees only the requests of these territories. A request ' +
        'that is urgent, of a minor, or about one whose representative matters is audited as `request.flags`, once a day.',
      query: listQuery,
      answer: pageOf(listedSchema).meta({ id: 'RequestPage' }),
    },
    async ({ deps, caller, query, now }) => {
      const { limit, order, status: statuses, territory: territories, ...filter } = query
      const after = cursor.read(query.cursor, order)
      const wanted = { ...filter, statuses, territories }
      const { items, next } = await requestsForCaller(deps.database, caller, wanted, {
        order,
        after,
        limit,
        now,
      })
      const nextCursor = next && cursor.write({ submittedAt: next.submittedAt, id: next.id }, order)
      return { body: { items: items.map(toListed), nextCursor } }
    },
  )

  readRoute(
    api,
    'GET /requests/:id',
    'requests:read',
    {
      operationId: 'getRequest',
      tag: 'Requests',
      summary: 'Returns a request with its history and routing decisions',
      description:
        'Contains no names, contacts or texts, and is audited like the list. Routing reasons also come as text, in the language ' +
        'of `Accept-Language`.',
      params,
      answer: requestSchema,
      responseHeaders: ['etag'],
      localized: true,
    },
    async ({ deps, caller, params: { id }, say, now }) =>
      toRequest(say, await showRequest(deps.database, { caller, id, now })),
  )

  readRoute(
    api,
    'GET /requests/:id/details',
    'requests:details',
    {
      operationId: 'getRequestDetails',
      tag: 'Requests',
      summary: 'Returns the answers, messages and contact of the family',
      description:
        'Every call is audited as `request.details` and, while the request is open and the contact is returned, as `request.contact`.',
      params,
      answer: detailsSchema,
      audited: true,
    },
    async ({ deps, caller, params: { id }, now }) => ({
      body: toDetails(
        await deps.database.transaction((tx) => requestDetails(tx, deps.sealer, { caller, id, now })),
      ),
    }),
  )
}
