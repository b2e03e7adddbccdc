import { z } from 'zod'
import { eventTypes } from '#features/webhooks/announce.ts'
import { type Delivery, deliveryStatuses } from '#storage/webhooks/webhook-deliveries.ts'
import type { Endpoint } from '#storage/webhooks/webhook-endpoints.ts'
import { territoryCodes } from '../territories.ts'

/** What a caller sets of an endpoint. */
export const endpointSettings = {
  url: z
    .url()
    .max(2048)
    .describe('https; no credentials in it; every address that its name resolves to is public'),
  events: z.array(z.enum(eventTypes)).max(100).describe('Types of events; empty: all of them'),
  territories: territoryCodes.describe('Whose events; empty: of all territories that the key reaches'),
}

export const endpointSchema = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()).describe('Empty: all types'),
    territories: z.array(z.string()).describe('Empty: all territories'),
    status: z.enum(['active', 'paused']),
    pausedFor: z
      .enum(['staff', 'gone', 'failing'])
      .nullable()
      .describe(
        '`staff`: by a call, or because the key that made it was revoked; `gone`: it answered 410; `failing`: for five days no attempt succeeded',
      ),
    failingSince: z.iso.datetime().nullable().describe('Since when no attempt has succeeded'),
    createdAt: z.iso.datetime(),
    apiKeyId: z.uuid().nullable().describe('The key that made it; null: the sandbox'),
    revision: z.int().describe('Counts the changes; in quotes it is the ETag: `"3"`'),
  })
  .meta({ id: 'WebhookEndpoint' })

export const endpointWithSecretSchema = z
  .strictObject({
    ...endpointSchema.shape,
    secret: z.string().describe('`whsec_…`, by which the signature is checked. It is shown this once'),
  })
  .meta({ id: 'WebhookEndpointWithSecret' })

const deliveryShape = {
  id: z.uuid(),
  webhookId: z.uuid().describe('The `webhook-id` header: the same at every attempt and every replay'),
  type: z.string().describe('Type of the event'),
  requestId: z.uuid().nullable(),
  sequence: z.int().nullable().describe('Counts the events of one request from 1'),
  status: z
    .enum(deliveryStatuses)
    .describe('`held`: until the endpoint is resumed; `failed`: given up, may be replayed'),
  attempts: z.int().describe('Since it was last put on its way'),
  nextAt: z.iso.datetime().nullable().describe('When the next attempt is due'),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
}

export const deliverySchema = z.strictObject(deliveryShape).meta({ id: 'Delivery' })

const attemptSchema = z
  .strictObject({
    at: z.iso.datetime(),
    durationMs: z.int(),
    status: z.int().nullable().describe('HTTP status of the answer; null: there was none, `error` says why'),
    error: z.string().nullable().describe('A code'),
    response: z
      .string()
      .nullable()
      .describe(
        'The first 4 KiB of the answer; null: there was nothing in it. One that repeats what we had sent, or its signature, is left out, and this says so',
      ),
  })
  .meta({ id: 'DeliveryAttempt' })

export const deliveryWithAttemptsSchema = z
  .strictObject({ ...deliveryShape, tries: z.array(attemptSchema).describe('Every attempt, oldest first') })
  .meta({ id: 'DeliveryWithAttempts' })

export const toEndpoint = (endpoint: Endpoint): z.output<typeof endpointSchema> => ({
  ...endpoint,
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
