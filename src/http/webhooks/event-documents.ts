import { eventScopes, eventTypes, type EventType, scopesToHear } from '#features/webhooks/event-scopes.ts'

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
        schema: {
          type: 'object' as const,
          required: ['type', 'timestamp', 'data'],
          properties: {
            type: { type: 'string' as const, enum: [type] },
            timestamp: { type: 'string' as const, format: 'date-time' },
            data: { type: 'object' as const, description: 'Ids, codes and figures only' },
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

const spoken = (type: EventType): string => {
  const [scope, other] = scopesToHear(type)
  return other
    ? `Scope: \`${scope}\`; for one that is about a request and no family \`${other}\`.`
    : `Scope: \`${scope}\`.`
}
