import { z } from 'zod'
import {
  deliveriesForCaller,
  deliveryForCaller,
  replayForCaller,
  replayFailed,
  sendTestEvent,
} from '#features/webhooks/deliveries.ts'
import { deliveryStatuses } from '#storage/webhooks/webhook-deliveries.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { deliverySchema, deliveryWithAttemptsSchema, toDelivery } from './webhook-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const deliveryParams = z.strictObject({ id: z.uuid(), deliveryId: z.uuid() })
const cursor = cursorFor('deliveries', z.strictObject({ createdAt: instant, id: z.uuid() }))

export const serveDeliveries = (api: Api): void => {
  serveHistory(api)

  writeRoute(
    api,
    'POST /webhooks/:id/test',
    'webhooks:write',
    {
      operationId: 'testWebhook',
      tag: 'Webhooks',
      summary: 'Sends a test event, `endpoint.test`, to this endpoint only',
      description: 'Ignores the event filter. A paused endpoint receives it once resumed.',
      params,
      status: 202,
      answer: deliverySchema,
    },
    async (tx, { deps, caller, params: { id: endpointId }, now }) => ({
      body: toDelivery(await sendTestEvent(tx, deps, { caller, endpointId, now })),
    }),
  )

  writeRoute(
    api,
    'POST /webhooks/:id/deliveries/:deliveryId/replay',
    'webhooks:write',
    {
      operationId: 'replayDelivery',
      tag: 'Webhooks',
      summary: 'Replays a finished delivery',
      description: 'Keeps the `webhook-id`. Has no effect on a delivery that is pending or held.',
      params: deliveryParams,
      status: 202,
      answer: deliverySchema,
    },
    async (tx, { deps, caller, params: { id: endpointId, deliveryId }, now }) => ({
      body: toDelivery(await replayForCaller(tx, deps, { caller, endpointId, deliveryId, now })),
    }),
  )

  writeRoute(
    api,
    'POST /webhooks/:id/replay-failed',
    'webhooks:write',
    {
      operationId: 'replayFailedDeliveries',
      tag: 'Webhooks',
      summary: 'Replays all failed deliveries since a time',
      params,
      body: z.strictObject({ since: instant }),
      status: 202,
      answer: z
        .strictObject({ count: z.int().describe('Number of replayed deliveries') })
        .meta({ id: 'Replayed' }),
    },
    async (tx, { deps, caller, params: { id: endpointId }, body: { since } }) => ({
      body: { count: await replayFailed(tx, deps, { caller, endpointId, since }) },
    }),
  )
}

const serveHistory = (api: Api): void => {
  readRoute(
    api,
    'GET /webhooks/:id/deliveries',
    'webhooks:read',
    {
      operationId: 'listDeliveries',
      tag: 'Webhooks',
      summary: "Lists an endpoint's deliveries of the last 90 days, newest first",
      params,
      query: z.strictObject({ ...pageQuery, status: z.enum(deliveryStatuses).optional() }),
      answer: pageOf(deliverySchema).meta({ id: 'DeliveryPage' }),
    },
    async ({ deps, caller, params: { id: endpointId }, query: { limit, status, ...query } }) => {
      const after = cursor.read(query.cursor, endpointId)
      const page = await deliveriesForCaller(deps.database, { caller, endpointId, status, after, limit })
      const { next } = page
      const nextCursor = next && cursor.write(next, endpointId)
      return { body: { items: page.items.map(toDelivery), nextCursor } }
    },
  )

  readRoute(
    api,
    'GET /webhooks/:id/deliveries/:deliveryId',
    'webhooks:read',
    {
      operationId: 'getDelivery',
      tag: 'Webhooks',
      summary: 'Returns a delivery with all attempts',
      params: deliveryParams,
      answer: deliveryWithAttemptsSchema,
    },
    async ({ deps, caller, params: { id: endpointId, deliveryId } }) => {
      const { tries, ...delivery } = await deliveryForCaller(deps.database, deps.sealer, {
        caller,
        endpointId,
        deliveryId,
      })
      return {
        body: {
          ...toDelivery(delivery),
          tries: tries.map((one) => ({ ...one, at: one.at.toISOString() })),
        },
      }
    },
  )
}
