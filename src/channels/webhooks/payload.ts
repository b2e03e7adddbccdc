import { z } from 'zod'
import { eventDataSchema } from '#features/webhooks/event-data.ts'

/** Standard Webhooks ask for no more. */
const mostBytes = 20_000

const payloadSchema = z.strictObject({
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

/**
 * What is sent of an event: type, moment, ids, number, urgency, and where the API shows the rest. Absolute where the
 * app knows its public address, a path otherwise. Throws for anything more, and for more than 20 kB.
 */
export const payloadOf = (
  event: { type: string; at: Date; requestId: string | null; familyId?: string | null; data: object },
  publicUrl: string | undefined,
): string => {
  const path = pathOf(event)
  const url = path && (publicUrl === undefined ? path : new URL(path, publicUrl).href)
  const payload = payloadSchema.parse({
    type: event.type,
    timestamp: event.at.toISOString(),
    data: { ...event.data, ...(url && { url }) },
  })
  const body = JSON.stringify(payload)
  if (Buffer.byteLength(body) > mostBytes) throw new Error('the payload is too long')
  return body
}

const pathOf = ({ requestId, familyId }: { requestId: string | null; familyId?: string | null }) => {
  if (requestId !== null) return `/api/v1/requests/${requestId}`
  return familyId ? `/api/v1/families/${familyId}` : undefined
}
