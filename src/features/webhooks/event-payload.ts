import { z } from 'zod'
import { eventDataSchema } from './event-data.ts'

/** The limit that Standard Webhooks recommends. */
const mostBytes = 20_000

/** What an endpoint gets, and what stands in the feed. */
export const eventPayloadSchema = z.strictObject({
  type: z.string().regex(/^[a-z]+\.[a-z_]+$/),
  timestamp: z.iso.datetime(),
  data: eventDataSchema.extend({
    requestId: z.uuid().optional(),
    familyId: z.uuid().optional(),
    number: z
      .string()
      .regex(/^\d{4}-\d{6,}$/)
      .optional(),
    territory: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .optional(),
    urgency: z.enum(['urgent', 'ordinary']).optional(),
    sequence: z.int().positive().optional(),
    url: z.string().optional(),
  }),
})

type EventPayload = z.output<typeof eventPayloadSchema>

type PayloadEvent = {
  type: string
  at: Date
  requestId: string | null
  familyId?: string | null
  data: object
}

/**
 * Builds the payload of an event: type, time, ids, number, urgency, and the URL of the details. The URL is absolute
 * if the public address is known, a path otherwise. Throws for additional fields and for more than 20 kB.
 */
export const payloadOf = (event: PayloadEvent, publicUrl: string | undefined): string => {
  const body = JSON.stringify(eventPayload(event, publicUrl))
  if (Buffer.byteLength(body) > mostBytes) throw new Error('the payload is too long')
  return body
}

/** The same as an object. */
export const eventPayload = (event: PayloadEvent, publicUrl: string | undefined): EventPayload => {
  const path = pathOf(event)
  const url = path && (publicUrl === undefined ? path : new URL(path, publicUrl).href)
  return eventPayloadSchema.parse({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: { ...event.data, ...(url && { url }) },
  })
}

const pathOf = ({ requestId, familyId }: { requestId: string | null; familyId?: string | null }) => {
  if (requestId !== null) return `/api/v1/requests/${requestId}`
  return familyId ? `/api/v1/families/${familyId}` : undefined
}
