import { z } from 'zod'
import { familyCards } from './family-cards.ts'
import type { Tx } from '#storage/database.ts'

const id = z.uuid()

/** Every queue and the shape of its payload: ids only, never personal data. */
export const queues = {
  /** Shows a request that waits to one member of staff. */
  'staff-card': z.strictObject({ requestId: id, staffId: id }),
  /** Redraws a request's cards for all who have one. */
  'staff-cards-refresh': z.strictObject({ requestId: id }),
  /** Tells whoever a request is with (or all who have its card) what the family did. */
  'staff-news': z.strictObject({ requestId: id, news: z.enum(['note', 'withdrawn']) }),
  /** Tells the family what became of its request. */
  'family-notice': z.strictObject({
    requestId: id,
    notice: z.enum(['claimed', 'passed-on', 'stage', 'closed', 'answer']),
  }),
  /** Takes a message back from a person's chat (contact details after 10 minutes). */
  'delete-message': z.strictObject({ personId: id, messageId: z.int().positive() }),
  /** Draws a person's current screen again, after a send that failed. */
  'draw-screen': z.strictObject({ personId: id }),
  /**
   * Tells supervisors of an update that was given up (`updateId` as a decimal string), of a specialist out of reach, or
   * of a webhook that was paused.
   */
  'staff-alert': z.strictObject({
    kind: z.enum([
      'quarantined',
      'unreachable',
      'note-unread',
      'withdrawn-unread',
      'webhook-gone',
      'webhook-failing',
    ]),
    updateId: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
    /** Of what they did not learn, and who did not. */
    requestId: id.optional(),
    staffId: id.optional(),
    /** Of a webhook that was paused. */
    endpointId: id.optional(),
  }),
  /** A request that nobody has taken goes to the next specialist and the duty supervisor; `step` counts from 1. */
  escalation: z.strictObject({ requestId: id, step: z.int().positive() }),
  /** Gives what an absent member has in hand, or was routed, to others. */
  reassign: z.strictObject({ staffId: id }),
  /** Looks every minute for what is forgotten: see features/routing/sweep.ts. */
  'routing-sweep': z.strictObject({}),
  /** Tells a member of a family of something, when they may be told. */
  push: z.strictObject({ pushId: id }),
  /** Looks every minute for pushes that have lost their jobs: see features/pushes/sweep.ts. */
  'push-sweep': z.strictObject({}),
  /** Looks every minute for visits of which families have to be reminded: see features/visits/reminder-sweep.ts. */
  'visit-reminders': z.strictObject({}),
  /** Looks every minute whom to invite to a survey: see features/surveys/dispatch.ts. */
  'survey-invitations': z.strictObject({}),
  /** Looks every day whose period under support has ended: see features/surveys/by-calendar.ts. */
  'survey-calendar': z.strictObject({}),
  /** Tells supervisors on Mondays what families have answered; a job for each of them. */
  'survey-digests': z.strictObject({}),
  'survey-digest': z.strictObject({ staffId: id }),
  /** Shows a member of staff a card about a family. */
  'family-card': z.strictObject({
    familyId: id,
    staffId: id,
    kind: z.enum(familyCards),
    /** The visit, activity or member that it is about. */
    subjectId: id.optional(),
  }),
  /** Redraws what members were last told of a visit: it was moved or cancelled. */
  'visit-cards-refresh': z.strictObject({ visitId: id }),
  /** One attempt to tell an endpoint of an event. */
  'webhook-delivery': z.strictObject({ deliveryId: id }),
  /** Puts on its way what was held for an endpoint. */
  'webhook-release': z.strictObject({ endpointId: id }),
  /** Looks every minute for deliveries that have lost their jobs. */
  'webhook-sweep': z.strictObject({}),
  /** Forgets what is no longer needed; a daily schedule. */
  retention: z.strictObject({}),
} as const

export type QueueName = keyof typeof queues
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]>
export const queueNames = Object.keys(queues) as QueueName[]

/** The `priority` of what comes again, or has waited long: it gives way to what is new. */
export const lowPriority = -1

/** Adds a job inside the caller's transaction: it exists exactly when the transaction commits. */
export type Enqueue = <Q extends QueueName>(
  tx: Tx,
  queue: Q,
  payload: Payload<Q>,
  /**
   * `startAfter`: not before; seconds from now, or a moment. `group`: jobs that share one worker's patience.
   * `priority`: the higher first among those that are due, 0 unless told.
   */
  options?: JobOptions,
) => Promise<void>

type JobOptions = { startAfter?: number | Date; group?: string; priority?: number }

/** Adds many jobs of one queue at the price of one, as `Enqueue` does. */
export type EnqueueMany = <Q extends QueueName>(
  tx: Tx,
  queue: Q,
  jobs: readonly ({ payload: Payload<Q> } & JobOptions)[],
) => Promise<void>
