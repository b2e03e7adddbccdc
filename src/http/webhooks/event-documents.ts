import { z } from 'zod'
import { fieldsOf } from '#features/webhooks/event-fields.ts'
import { eventPayloadSchema } from '#features/webhooks/event-payload.ts'
import { eventScopes, eventTypes, type EventType, scopesToHear } from '#features/webhooks/event-scopes.ts'
import { exampleOf } from '../openapi-examples.ts'

/** The events in the form of the document's `webhooks`, each with the scope that the endpoint's key needs for it. */
export const documentedEvents = () =>
  Object.fromEntries(eventTypes.map((type) => [type, { post: eventOperation(type) }]))

const eventOperation = (type: EventType) => ({
  operationId: `on${type
    .split(/[._]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')}`,
  tags: ['Webhooks'],
  summary: `Event: \`${type}\``,
  description: `Sent to endpoints whose key has this scope when the event happens and when it is sent. ${spoken(type)}`,
  requestBody: {
    content: {
      'application/json': {
        example: {
          type,
          timestamp: '2026-12-03T12:00:00Z',
          data: exampleOf(
            dataOf(type),
            { StageCode: { enum: ['home-survey'] }, TerritoryCode: { enum: ['leninsky'] } },
            true,
          ),
        },
        schema: {
          type: 'object' as const,
          required: ['type', 'timestamp', 'data'],
          properties: {
            type: { type: 'string' as const, enum: [type] },
            timestamp: { type: 'string' as const, format: 'date-time' },
            data: dataOf(type),
          },
          'x-scope': eventScopes[type],
        },
      },
    },
  },
  responses: {
    '2XX': { description: 'Received; any other response is retried' },
  },
})

/** The fields of the event's data, each from the schema that every payload has to pass. */
const dataOf = (type: EventType) => ({
  type: 'object' as const,
  description: 'Ids, codes and figures only; fields that do not apply are absent',
  properties: Object.fromEntries(
    fieldsOf(type).map((field) => [field, codes[field] ?? payloadFields[field] ?? {}]),
  ),
})

const codes: Readonly<Record<string, object>> = {
  stage: { $ref: '#/components/schemas/StageCode' },
  territory: { $ref: '#/components/schemas/TerritoryCode' },
}

const payloadFields = z
  .looseObject({ properties: z.record(z.string(), z.looseObject({})) })
  .parse(z.toJSONSchema(eventPayloadSchema.shape.data, { io: 'output' })).properties

const spoken = (type: EventType): string => {
  const [scope, other] = scopesToHear(type)
  return other
    ? `Scope: \`${scope}\`; for one that is about a request and no family \`${other}\`.`
    : `Scope: \`${scope}\`.`
}
