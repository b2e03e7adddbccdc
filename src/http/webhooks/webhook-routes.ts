import { z } from 'zod'
import {
  changeEndpoint,
  createEndpoint,
  endpointForCaller,
  endpointsForCaller,
  pauseForCaller,
  removeForCaller,
  resumeForCaller,
  rotateSecret,
  silencedTypes,
} from '#features/webhooks/endpoints.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import { eventTypes, unheardBy } from '#features/webhooks/event-scopes.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import type { Reader } from '#storage/database.ts'
import type { Endpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { HttpProblem } from '../problems.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReach } from '../territory-codes.ts'
import { endpointSchema, endpointSettings, endpointWithSecretSchema, toEndpoint } from './webhook-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('webhooks', z.tuple([z.iso.datetime(), z.uuid()]))

export const serveWebhooks = (api: Api): void => {
  readRoute(
    api,
    'GET /webhooks',
    'webhooks:read',
    {
      operationId: 'listWebhooks',
      tag: 'Webhooks',
      summary: 'Lists the endpoints that the key can access, oldest first',
      description: 'A key limited to territories can access endpoints limited to the same territories.',
      query: z.strictObject({ ...pageQuery, ...updatedSinceQuery }),
      answer: pageOf(endpointSchema).meta({ id: 'WebhookEndpointPage' }),
    },
    async ({ deps, caller, query, now }) => {
      const after = cursor.read(query.cursor)
      const all = await endpointsForCaller(deps.database, caller, query.updatedSince)
      const rest = all.filter((endpoint) => after === undefined || isBehind(endpoint, after))
      const items = rest.slice(0, query.limit)
      const last = items.at(-1)
      const nextCursor =
        last && rest.length > items.length ? cursor.write([last.createdAt.toISOString(), last.id]) : null
      const shown = await Promise.all(items.map((endpoint) => toResponse(deps.database, now, endpoint)))
      return { body: { items: shown.map(({ body }) => body), nextCursor } }
    },
  )

  readRoute(
    api,
    'GET /webhooks/:id',
    'webhooks:read',
    {
      operationId: 'getWebhook',
      tag: 'Webhooks',
      summary: 'Returns an endpoint',
      params,
      answer: endpointSchema,
      responseHeaders: ['etag'],
    },
    async ({ deps, caller, params: { id }, now }) =>
      toResponse(deps.database, now, await endpointForCaller(deps.database, caller, id)),
  )

  serveSettings(api)
  serveLifecycle(api)
}

const serveSettings = (api: Api): void => {
  writeRoute(
    api,
    'POST /webhooks',
    'webhooks:write',
    {
      operationId: 'createWebhook',
      tag: 'Webhooks',
      summary: 'Creates an endpoint',
      description:
        'Returns the signing secret, which cannot be retrieved later. Only events that the key may read are sent, as long as it may.',
      body: z.strictObject({
        ...endpointSettings,
        events: endpointSettings.events.default([]),
        territories: endpointSettings.territories.default([]),
      }),
      status: 201,
      answer: endpointWithSecretSchema,
      responseHeaders: ['etag', 'location'],
      prepare: ({ deps, body: { url } }) => checkAddress(url, deps.guard),
    },
    async (tx, { deps, caller, body: { events, territories }, now }, url) => {
      mustReach(deps.region, caller, territories)
      mustHear(caller, events)
      const made = await createEndpoint(tx, deps, { caller, url, events, territories, now })
      const { body, revision } = await toResponse(tx, now, made.endpoint)
      return { body: { ...body, secret: made.secret }, revision, location: `/api/v1/webhooks/${body.id}` }
    },
  )

  writeRoute(
    api,
    'PATCH /webhooks/:id',
    'webhooks:write',
    {
      operationId: 'updateWebhook',
      tag: 'Webhooks',
      summary: 'Updates the given fields of an endpoint',
      description:
        'From then on the endpoint belongs to this key, and gets only events that this key may read.',
      params,
      body: z.strictObject(endpointSettings).partial(),
      answer: endpointSchema,
      responseHeaders: ['etag'],
      ifMatch: 'required',
      prepare: async ({ deps, body: { url } }) =>
        url === undefined ? undefined : await checkAddress(url, deps.guard),
    },
    async (tx, { deps, caller, params: { id }, body, now, revision }, url) => {
      const { territories: before, events } = await endpointForCaller(tx, caller, id)
      mustHear(caller, body.events ?? events)
      if (body.territories) mustReach(deps.region, caller, body.territories, before)
      return toResponse(
        tx,
        now,
        await changeEndpoint(tx, { caller, id, revision, changes: { ...body, url }, now }),
      )
    },
  )

  writeRoute(
    api,
    'DELETE /webhooks/:id',
    'webhooks:write',
    {
      operationId: 'deleteWebhook',
      tag: 'Webhooks',
      summary: 'Deletes an endpoint and its delivery history',
      params,
      ifMatch: 'optional',
    },
    async (tx, { caller, params: { id }, now, revision }) => {
      await removeForCaller(tx, { caller, id, revision, now })
      return { body: undefined }
    },
  )
}

const serveLifecycle = (api: Api): void => {
  writeRoute(
    api,
    'POST /webhooks/:id/pause',
    'webhooks:write',
    {
      operationId: 'pauseWebhook',
      tag: 'Webhooks',
      summary: 'Pauses deliveries to an endpoint',
      description: 'Events are held until the endpoint is resumed.',
      params,
      answer: endpointSchema,
      responseHeaders: ['etag'],
    },
    async (tx, { caller, params: { id }, now }) =>
      toResponse(tx, now, await pauseForCaller(tx, { caller, id, now })),
  )

  writeRoute(
    api,
    'POST /webhooks/:id/resume',
    'webhooks:write',
    {
      operationId: 'resumeWebhook',
      tag: 'Webhooks',
      summary: 'Resumes deliveries, starting with the held ones',
      description:
        'If the key of the endpoint is revoked or expired, the endpoint belongs to this key from then on.',
      params,
      answer: endpointSchema,
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: { id }, now }) =>
      toResponse(tx, now, await resumeForCaller(tx, deps, { caller, id, now })),
  )

  writeRoute(
    api,
    'POST /webhooks/:id/rotate-secret',
    'webhooks:write',
    {
      operationId: 'rotateWebhookSecret',
      tag: 'Webhooks',
      summary: 'Rotates the signing secret',
      description:
        'For 24 hours deliveries are signed with both secrets. Returns the new secret, which cannot be retrieved later.',
      params,
      answer: endpointWithSecretSchema,
      responseHeaders: ['etag'],
    },
    async (tx, { deps, caller, params: { id }, now }) => {
      const { endpoint, secret } = await rotateSecret(tx, deps, { caller, id, now })
      const { body, revision } = await toResponse(tx, now, endpoint)
      return { body: { ...body, secret }, revision }
    },
  )
}

/** Throws `scope-missing` for an event type that the key may never hear. */
const mustHear = (caller: Caller, events: readonly string[]): void => {
  const types = eventTypes.filter((type) => events.includes(type))
  if (unheardBy(caller.scopes, types).length > 0) throw new HttpProblem('scope-missing')
}

const isBehind = ({ createdAt, id }: Endpoint, [at, before]: [string, string]): boolean => {
  const made = createdAt.toISOString()
  return made > at || (made === at && id > before)
}

const toResponse = async (reader: Reader, now: Date, endpoint: Endpoint) => ({
  body: toEndpoint(endpoint, await silencedTypes(reader, endpoint, now)),
  revision: endpoint.revision,
})
