import { z } from 'zod'

const id = z.uuid()
const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/**
 * What may be told of an event beside its type and moment: ids, figures and codes of closed sets. Nothing else passes,
 * so that no name, phone or word of somebody's can ever leave by a webhook.
 */
export const eventDataSchema = z
  .strictObject({
    /** The specialist it concerns: who claimed it, was assigned it, or passed it on. */
    staffId: id,
    status: z.enum(['submitted', 'claimed', 'withdrawn', 'closed']),
    /** Code of the region's stage. */
    stage: code,
    /** Why it was closed. */
    outcome: code,
    /** Which escalation it is, from 1. */
    step: z.int().positive(),
    /** Of a consent; `version` names the text. */
    kind: z.enum(['personal-data', 'support-request', 'data-sharing', 'minor-agreement']),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  })
  .partial()

export type EventData = z.input<typeof eventDataSchema>
