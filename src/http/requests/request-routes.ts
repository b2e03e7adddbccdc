import { z } from 'zod'
import { requestDetails, requestsForCaller, showRequest } from '#features/requests/requests-api.ts'
import { requestStatuses } from '#storage/requests/request-list-statement.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { booleanParam, repeatable } from '../query-params.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territories.ts'
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
  status: repeatable(z.enum(requestStatuses), 4).optional().describe('Any of these'),
  territory: repeatable(territoryCode, 100).optional().describe('Any of these'),
  urgent: booleanParam().optional(),
  assigneeId: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('Of this member, or `none`: of nobody'),
  submittedSince: instant.optional(),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Which come first'),
})

export const serveRequests = (api: Api): void => {
  readRoute(
    api,
    'GET /requests',
    'requests:read',
    {
      operationId: 'listRequests',
      tag: 'Requests',
      summary: 'Requests by status, territory, urgency, assignee and age',
      description:
        "Nothing personal. A key of some territories sees theirs; another's are not among the items.",
      query: listQuery,
      answer: pageOf(listedSchema).meta({ id: 'RequestPage' }),
    },
    async ({ deps, caller, query }) => {
      const { limit, order, status: statuses, territory: territories, ...filter } = query
      const after = cursor.read(query.cursor, order)
      const wanted = { ...filter, statuses, territories }
      const { items, next } = await requestsForCaller(deps.database, caller, wanted, { order, after, limit })
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
      summary: 'One request: what happened to it, and why it went to whom it went',
      description:
        'Nothing personal. Reasons are in words too, in the language of `Accept-Language` (ru or en).',
      params,
      answer: requestSchema,
      responseHeaders: ['etag'],
      localized: true,
    },
    async ({ deps, caller, params: { id }, say }) =>
      toRequest(say, await showRequest(deps.database, { caller, id })),
  )

  readRoute(
    api,
    'GET /requests/:id/details',
    'requests:details',
    {
      operationId: 'getRequestDetails',
      tag: 'Requests',
      summary: 'What the family answered and wrote, and how it is reached',
      description:
        'Every call is audited: `request.details` and, while the request is open and the contact is shown, `request.contact`.',
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
