import { z } from 'zod'

const id = z.uuid()
const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/**
 * What may be told of an event beside its type and moment: ids, figures and codes of closed sets. Nothing else passes,
 * so that no name, phone or word of somebody's can ever leave by a webhook.
 */
export const eventDataSchema = z
  .strictObject({
    /** The member of staff it concerns: who claimed it, was assigned it, passed it on, or is the curator. */
    staffId: id,
    status: z.enum(['submitted', 'claimed', 'withdrawn', 'closed', 'active']),
    /** Code of the region's stage. */
    stage: code,
    /** Why it was closed. */
    outcome: code,
    /** Which escalation it is, from 1. */
    step: z.int().positive(),
    /** Of a consent; `version` names the text. */
    kind: z.enum(['personal-data', 'support-request', 'data-sharing', 'minor-agreement']),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    /** Of a family: who joined, wrote, answered or was removed, and in which role. */
    memberId: id,
    role: z.enum(['parent', 'representative', 'minor']),
    level: z.enum(['adaptation', 'basic', 'crisis', 'emergency']),
    planVersion: z.int().positive(),
    activityId: id,
    /** `clear`, `unclear`, `agree`, `question` or `disagree`. */
    opinion: code,
    /** Whether an activity took place, and whether the family and the staff say the same. */
    happened: z.boolean(),
    mismatch: z.boolean(),
    visitId: id,
    /** Counts a visit's moves from 0. */
    visitVersion: z.int().nonnegative(),
    startsAt: z.iso.datetime(),
    /** What became of a visit: `done`, `missed` or `cancelled`. */
    visitStatus: code,
    messageId: id,
    /** A word of the centre's list stands in it. */
    alarming: z.boolean(),
    /** Code of a survey; of `survey.low_score` also who waits for a word, and until when. */
    survey: code,
    rescueId: id,
    dueAt: z.iso.datetime(),
  })
  .partial()

export type EventData = z.input<typeof eventDataSchema>
