import { z } from 'zod'

const id = z.uuid()
const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

/**
 * The data of an event besides its type and time: ids, figures and codes of closed sets. The strict schema
 * keeps names, phone numbers and free text from leaving through a webhook.
 */
export const eventDataSchema = z
  .strictObject({
    /** The staff member who claimed the request, was assigned it, passed it on, or is the curator. */
    staffId: id,
    status: z.enum(['submitted', 'claimed', 'withdrawn', 'closed', 'active']),
    /** Code of the region's stage. */
    stage: code,
    /** Why it was closed, what came of the safety check after a withdrawal, or how it is with those who ask together. */
    outcome: code,
    /** Whether a request has become urgent, or staff have said that it is not. */
    urgent: z.boolean(),
    /** The escalation step, counted from 1. */
    step: z.int().positive(),
    /** Of a consent; `version` is the version of its text. */
    kind: z.enum(['personal-data', 'support-request', 'data-sharing', 'minor-agreement']),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    /** Of a family: the member who joined, wrote, answered or was removed, and their role. */
    memberId: id,
    role: z.enum(['parent', 'representative', 'minor']),
    level: z.enum(['adaptation', 'basic', 'crisis', 'emergency']),
    planVersion: z.int().positive(),
    activityId: id,
    /** `clear`, `unclear`, `agree`, `question` or `disagree`. */
    opinion: code,
    /** Whether an activity took place, and whether the family and the staff disagree about it. */
    happened: z.boolean(),
    mismatch: z.boolean(),
    visitId: id,
    /** Counts a visit's moves from 0. */
    visitVersion: z.int().nonnegative(),
    startsAt: z.iso.datetime(),
    /** The outcome of a visit: `done`, `missed` or `cancelled`. */
    visitStatus: code,
    /**
     * For named minors only, or what a minor told staff: nothing of it may reach the adults of the family. Absent: not
     * confidential.
     */
    confidential: z.literal(true),
    /** Staff members who must not learn of it: the family asked for somebody else, or wrote about them. */
    hiddenFrom: z.array(id).max(100),
    messageId: id,
    /** The text contains a word of the centre's list of alarming words. */
    alarming: z.boolean(),
    /** Code of a survey; for `survey.low_score` also the follow-up it needs, and by when. */
    survey: code,
    rescueId: id,
    dueAt: z.iso.datetime(),
    /** A term of a case: its code, and its last day in the region's zone. */
    deadline: code,
    dueOn: z.iso.date(),
    /** The audit's chain at the end of a day: how many entries, and the hash of the last one. */
    day: z.iso.date(),
    entries: z.int().nonnegative(),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .partial()

export type EventData = z.input<typeof eventDataSchema>
