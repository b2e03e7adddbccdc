import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { insertEvent } from '#storage/webhooks/webhook-events.ts'
import { type EventData, eventDataSchema } from './event-data.ts'

/** Everything that the centre's own systems can be told of. */
export const eventTypes = [
  'request.submitted',
  'request.assigned',
  'request.claimed',
  'request.passed_on',
  'request.escalated',
  'request.status_changed',
  'request.withdrawn',
  'consent.given',
  'consent.withdrawn',
  'message.received',
  'message.read',
  'family.created',
  'family.member_joined',
  'family.member_removed',
  'family.curator_changed',
  'family.status_changed',
  'family.unreachable',
  'plan.published',
  'plan.opinion_given',
  'activity.reported',
  'visit.created',
  'visit.moved',
  'visit.cancelled',
  'visit.closed',
  'visit.confirmed',
  'visit.time_requested',
  'visit.late',
  'visit.call_requested',
  'visit.code_refused',
  'survey.low_score',
] as const
export type EventType = (typeof eventTypes)[number]

export type NewEvent = {
  type: EventType
  now: Date
  /** Null for a consent that was given before there is a request, and for what concerns a family. */
  requestId: string | null
  /** The family that it concerns; a request and a family are never named together. */
  familyId?: string
  /** Ids, codes and figures only: never a name, a phone or what somebody wrote. */
  data?: EventData
}

/**
 * Tells every endpoint that listens of what has happened: written in the caller's transaction, so that a crash loses
 * no event and a rollback sends none. One statement, and nothing is written where nobody listens. Throws ZodError for
 * data that may not leave, which is a fault of ours.
 */
export const announce = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { type, now, requestId, familyId, data = {} }: NewEvent,
): Promise<void> => {
  const event = { type, at: now, requestId, familyId: familyId ?? null, data: eventDataSchema.parse(data) }
  for (const { id, endpointId } of await insertEvent(tx, event)) {
    await enqueue(tx, 'webhook-delivery', { deliveryId: id }, { group: endpointId })
  }
}
