import { z } from 'zod'
import { scopes } from '#features/staff/api-scopes.ts'
import { type EventType, eventTypes, scopesToHear } from '#features/webhooks/event-scopes.ts'
import { type Delivery, deliveryStatuses } from '#storage/webhooks/webhook-deliveries.ts'
import type { Endpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { territoryCodes } from '../territory-codes.ts'

/** «`visits:read`: visit.created, …», one after the other. */
const spokenScopes = scopes
  .map((scope) => [scope, eventTypes.filter((type) => scopesToHear(type).includes(scope))] as const)
  .filter(([, types]) => types.length > 0)
  .map(([scope, types]) => `\`${scope}\` for ${types.map((type) => `\`${type}\``).join(', ')}`)
  .join('; ')

/** Fields of an endpoint that a caller can set. */
export const endpointSettings = {
  url: z
    .url()
    .max(2048)
    .describe(
      'Must use https on port 443 or 8443 (or those of `WEBHOOK_PORTS`), contain no credentials and resolve to public addresses only, or be a receiver that the operator has listed in `WEBHOOK_ALLOW`; `errors` says which rule refuses it',
    ),
  events: z
    .array(z.enum(eventTypes))
    .max(100)
    .describe(
      `Event types; empty: all that the key may hear. A type needs a scope of the key: ${spokenScopes}`,
    ),
  territories: territoryCodes.describe(
    'Territories whose events are sent; empty: all that the key can access',
  ),
}

export const endpointSchema = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()).describe('Empty: all types that the key may hear'),
    silenced: z
      .array(z.enum(eventTypes))
      .describe(
        'Types among `events` (or among all, if empty) that are not sent, because its key lacks their scope, was revoked or has expired',
      ),
    territories: z.array(z.string()).describe('Empty: all territories'),
    status: z.enum(['active', 'paused']),
    pausedFor: z
      .enum(['staff', 'gone', 'failing'])
      .nullable()
      .describe(
        '`staff`: through the API, or because the key that created it was revoked; `gone`: the endpoint answered 410; `failing`: no attempt succeeded for five days',
      ),
    failingSince: z.iso.datetime().nullable().describe('Since when every attempt has failed'),
    createdAt: z.iso.datetime(),
    apiKeyId: z
      .uuid()
      .nullable()
      .describe(
        'The key that created or last changed it: its scopes decide which events are sent; null: the sandbox',
      ),
    revision: z.int().describe('Number of changes; in quotes it is the ETag: `"3"`'),
  })
  .meta({ id: 'WebhookEndpoint' })

export const endpointWithSecretSchema = z
  .strictObject({
    ...endpointSchema.shape,
    secret: z.string().describe('Signing secret, `whsec_…`; returned only once'),
  })
  .meta({ id: 'WebhookEndpointWithSecret' })

const deliveryShape = {
  id: z.uuid(),
  webhookId: z.uuid().describe('The `webhook-id` header; the same for every attempt and replay'),
  type: z.string().describe('Event type'),
  requestId: z.uuid().nullable(),
  sequence: z.int().nullable().describe('Number of the event within its request, from 1'),
  status: z
    .enum(deliveryStatuses)
    .describe('`held`: waits until the endpoint is resumed; `failed`: given up, can be replayed'),
  attempts: z.int().describe('Number of attempts since the delivery was created or replayed'),
  nextAt: z.iso.datetime().nullable().describe('Time of the next attempt'),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
}

export const deliverySchema = z.strictObject(deliveryShape).meta({ id: 'Delivery' })

const attemptSchema = z
  .strictObject({
    at: z.iso.datetime(),
    durationMs: z.int(),
    status: z.int().nullable().describe('HTTP status of the response; null: no response, see `error`'),
    error: z.string().nullable().describe('Error code'),
    response: z
      .string()
      .nullable()
      .describe(
        'First 4 KiB of the response; null: empty. Replaced by a note if it repeats the payload or its signature',
      ),
  })
  .meta({ id: 'DeliveryAttempt' })

export const deliveryWithAttemptsSchema = z
  .strictObject({ ...deliveryShape, tries: z.array(attemptSchema).describe('All attempts, oldest first') })
  .meta({ id: 'DeliveryWithAttempts' })

export const toEndpoint = (endpoint: Endpoint, silenced: EventType[]): z.output<typeof endpointSchema> => ({
  ...endpoint,
  silenced,
  failingSince: endpoint.failingSince?.toISOString() ?? null,
  createdAt: endpoint.createdAt.toISOString(),
})

export const toDelivery = (delivery: Delivery): z.output<typeof deliverySchema> => ({
  id: delivery.id,
  webhookId: delivery.eventId,
  type: delivery.type,
  requestId: delivery.requestId,
  sequence: delivery.sequence,
  status: delivery.status,
  attempts: delivery.attempts,
  nextAt: delivery.nextAt?.toISOString() ?? null,
  createdAt: delivery.createdAt.toISOString(),
  endedAt: delivery.endedAt?.toISOString() ?? null,
})
