import { z } from 'zod'

/** Only the fields shown in the panel's line; everything else is displayed as received. */
const payloadSchema = z.object({
  type: z.string(),
  data: z
    .object({
      number: z.string().optional().catch(undefined),
      sequence: z.number().int().optional().catch(undefined),
    })
    .catch({}),
})

/** Reads type, number and sequence; the type of anything but an event is ''. */
export const readPayload = (body: string): { type: string; number?: string; sequence?: number } => {
  const read = payloadSchema.safeParse(parsed(body))
  if (!read.success) return { type: '' }
  const { number, sequence } = read.data.data
  return {
    type: read.data.type,
    ...(number === undefined ? {} : { number }),
    ...(sequence === undefined ? {} : { sequence }),
  }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
