import { z } from 'zod'
import { messageIdSchema } from '#core/channel.ts'
import type { Tx } from '#storage/database.ts'
import { familyCards } from './family-cards.ts'
import { workNews } from './work-news.ts'

const id = z.uuid()

/** Every queue and the schema of its payload: ids only, never personal data. */
export const queues = {
  /** Shows a waiting request to one staff member. */
  'staff-card': z.strictObject({ requestId: id, staffId: id }),
  /** Redraws all cards of a request, each by a job of its own. */
  'staff-cards-refresh': z.strictObject({ requestId: id }),
  /** `live`: on the card on which they have opened it themselves. */
  'staff-card-refresh': z.strictObject({ requestId: id, staffId: id, live: z.literal(true).optional() }),
  /** Notifies a request's assignee (or everybody with its card) of the family's action; one `staffId` a job. */
  'staff-news': z.strictObject({
    requestId: id,
    news: z.enum(['note', 'note-apart', 'withdrawn', 'objection', 'late', 'hidden', 'hidden-alarm']),
    /** «Спасибо»: no alarm, however urgent the request is. */
    polite: z.literal(true).optional(),
    staffId: id.optional(),
  }),
  /** Notifies the family of a change to its request. */
  'family-notice': z.strictObject({
    requestId: id,
    notice: z.enum(['claimed', 'passed-on', 'reader', 'stage', 'closed', 'answer', 'merged']),
    /** For `reader`: the number of the routing decision by which somebody else reads it. */
    change: z.int().positive().optional(),
  }),
  /** Deletes a message from a person's chat (contact details after 10 minutes). */
  'delete-message': z.strictObject({ personId: id, messageId: messageIdSchema }),
  /** Sees to it that a chat that its person has hidden is cleared, whatever died meanwhile. */
  'clear-chat': z.strictObject({ personId: id }),
  /** Redraws a person's current screen after a failed send. */
  'draw-screen': z.strictObject({ personId: id }),
  /**
   * Alerts supervisors to a quarantined update (`updateId`: the channel's own id), an unreachable specialist, or a paused
   * webhook.
   */
  'staff-alert': z.strictObject({
    kind: z.enum([
      'quarantined',
      'unreachable',
      'note-unread',
      'withdrawn-unread',
      'check-unread',
      'objection-unread',
      'webhook-gone',
      'webhook-failing',
    ]),
    updateId: z
      .string()
      .regex(/^[\w-]{1,64}$/)
      .optional(),
    /** The request, and the staff member who could not be notified of it. */
    requestId: id.optional(),
    staffId: id.optional(),
    /** The paused webhook endpoint. */
    endpointId: id.optional(),
    /** The supervisor to tell; absent: every one, each by a job of their own. */
    recipientId: id.optional(),
  }),
  /** Escalates an unclaimed request to the next specialist and the duty supervisor; `step` counts from 1. */
  escalation: z.strictObject({ requestId: id, step: z.int().positive() }),
  /** Reassigns an absent member's claimed and assigned requests. */
  reassign: z.strictObject({ staffId: id }),
  /** Gives the families and visits of somebody who has left to others, see features/families/hand-over.ts. */
  'hand-over': z.strictObject({
    staffId: id,
    to: id.nullable(),
    apiKeyId: id.optional(),
    byStaffId: id.optional(),
  }),
  /** Gives the families of a `hand_overs` row to others, unless it was taken back; see features/families/hand-families.ts. */
  'hand-families': z.strictObject({ handOverId: id }),
  /** Renews the door codes of a member's visits, which a stranger may have seen on their lost phone. */
  'door-codes': z.strictObject({ staffId: id }),
  /** Daily: enqueues `orphans` on working days. */
  'orphans-daily': z.strictObject({}),
  /** Until it is mended: tells supervisors of families without a curator; one `recipientId` a job. */
  orphans: z.strictObject({ recipientId: id.optional() }),
  /** Every minute: what stands below as «every minute», one after the other, see sweeps.ts. */
  'minute-sweeps': z.strictObject({}),
  /** Every minute: finds overdue requests, see features/routing/routing-sweep.ts. */
  'routing-sweep': z.strictObject({}),
  /** Sends a push to a family member, if and when it is allowed. */
  push: z.strictObject({ pushId: id }),
  /** Every minute: finds pushes without a job, see features/pushes/push-sweep.ts. */
  'push-sweep': z.strictObject({}),
  /**
   * Every minute: says that we are late (features/promises/late-notices.ts), looks at cases that are due
   * (features/worklist/follow-up.ts), and begins agendas.
   */
  'late-notices': z.strictObject({}),
  /** When rules or days have changed and a minute is too short for all: see features/cases/watch-terms.ts. */
  'recount-terms': z.strictObject({}),
  /** Every minute: reminds of left drafts once, see features/intake/draft-reminders.ts. */
  'draft-reminders': z.strictObject({}),
  /** Every minute: ends invitations to ask together that nobody answered, see features/together/end-unanswered.ts. */
  'together-ends': z.strictObject({}),
  /** Every minute: dispatches due visit reminders, see features/visits/reminder-sweep.ts. */
  'visit-reminders': z.strictObject({}),
  /** Every minute: dispatches due survey invitations, see features/surveys/dispatch-invitations.ts. */
  'survey-invitations': z.strictObject({}),
  /** Daily: invites families whose survey period has ended, see features/surveys/scheduled-surveys.ts. */
  'survey-calendar': z.strictObject({}),
  /** Mondays: enqueues a digest of survey answers for each supervisor. */
  'survey-digests': z.strictObject({}),
  'survey-digest': z.strictObject({ staffId: id }),
  /** Shows a staff member a card about a family. */
  'family-card': z.strictObject({
    familyId: id,
    staffId: id,
    kind: z.enum(familyCards),
    /** The visit, activity, member or rescue it is about. */
    subjectId: id.optional(),
  }),
  /** Tells a member of staff of their own work. */
  'work-news': z.strictObject({
    staffId: id,
    news: z.enum(workNews),
    /** The family, request, visit or absence it is about. */
    subjectId: id.optional(),
    /** The visit's version, checked again before sending. */
    version: z.int().nonnegative().optional(),
    /** When the alarms were told, or the day of the agenda. */
    at: z.iso.datetime().optional(),
  }),
  /** Tells the account before that somebody has joined by a new link, at once and whatever their quiet hours. */
  'account-notice': z.strictObject({ changeId: id }),
  /** At a start and hourly, if there is anything: copies what members said about their safety in their requests. */
  'safety-copy': z.strictObject({}),
  /** After a start and hourly, if there is anything: see src/workers/seal-accounts.ts. */
  'seal-accounts': z.strictObject({}),
  /** Takes what is left of somebody who was erased out of their chat, see src/workers/erasure.ts. */
  'erasure-errand': z.strictObject({ errandId: id }),
  /** Updates sent visit notices after a move or cancellation, each by a job of its own. */
  'visit-cards-refresh': z.strictObject({ visitId: id }),
  'visit-card-refresh': z.strictObject({ visitId: id, personId: id, messageId: messageIdSchema }),
  /** Makes one attempt to deliver an event to an endpoint. */
  'webhook-delivery': z.strictObject({ deliveryId: id }),
  /** Releases the deliveries held for an endpoint. */
  'webhook-release': z.strictObject({ endpointId: id }),
  /** Every minute: finds deliveries without a job. */
  'webhook-sweep': z.strictObject({}),
  /** Every minute: links new entries of the audit, see features/staff/audit-chain.ts. */
  'audit-links': z.strictObject({}),
  /** Daily: publishes where the audit's chain stood at the end of the day before. */
  'audit-head': z.strictObject({}),
  /** Daily: warns of keys of the staff API that end soon, see features/staff/key-expiry.ts. */
  'key-expiry': z.strictObject({}),
  /** Every minute: finds who opens more than usual, see features/staff/bulk-viewing.ts. */
  'bulk-viewing': z.strictObject({}),
  /** Tells supervisors about the access of a staff member or key. */
  'access-alert': z.strictObject({
    kind: z.enum(['key-expiring', 'bulk-viewing']),
    /** The staff member or key. */
    actorId: id,
    /** How many families and requests were opened in an hour, and how many are usual. */
    seen: z.int().positive().optional(),
    usual: z.int().positive().optional(),
    /** The supervisor to tell; absent: all whom it concerns, each by a job of their own. */
    recipientId: id.optional(),
  }),
  /**
   * Tells supervisors elsewhere that a family of a territory waits and no supervisor of it is there. They may not read what
   * it is about, so this says nothing but where.
   */
  'territory-alert': z.strictObject({
    territory: z.string().min(1),
    /** The supervisor to tell; absent: all whom it concerns, each by a job of their own. */
    recipientId: id.optional(),
  }),
  /** Hourly: sees to the quarterly report, see features/reports/report-sweep.ts. */
  'report-sweep': z.strictObject({}),
  /** Tells supervisors that the report of a quarter is due, was made by itself, or is late. */
  'report-notice': z.strictObject({
    kind: z.enum(['due', 'made', 'late']),
    period: z.string().regex(/^2[01]\d\d-Q[1-4]$/),
    /** The supervisor to tell; absent: all, each by a job of their own. */
    recipientId: id.optional(),
  }),
  /** Closes the screen that a person has open, see features/staff/end-access.ts. */
  'end-session': z.strictObject({ personId: id }),
  /** Hourly: erases whose term after a withdrawal is over, see features/my-data/erase-data.ts. */
  'due-erasures': z.strictObject({}),
  /** Daily: deletes data past its retention period. */
  retention: z.strictObject({}),
} as const

export type QueueName = keyof typeof queues
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]>
export const queueNames = Object.keys(queues) as QueueName[]

/** The `priority` of retries and backlogs, so that new jobs go first. */
export const lowPriority = -1
/** Of what concerns somebody's safety, or cannot wait for morning. */
export const highPriority = 1

/** Adds a job inside the caller's transaction: the job exists only if the transaction commits. */
export type Enqueue = <Q extends QueueName>(
  tx: Tx,
  queue: Q,
  payload: Payload<Q>,
  /**
   * `startAfter`: earliest start, in seconds from now or as a date. `group`: jobs for the same target.
   * `priority`: higher first among due jobs; default 0.
   */
  options?: JobOptions,
) => Promise<void>

type JobOptions = { startAfter?: number | Date; group?: string; priority?: number }

/** Adds many jobs to one queue in a single statement; otherwise like `Enqueue`. */
export type EnqueueMany = <Q extends QueueName>(
  tx: Tx,
  queue: Q,
  jobs: readonly ({ payload: Payload<Q> } & JobOptions)[],
) => Promise<void>
