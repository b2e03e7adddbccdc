import type { Enqueue } from '#jobs/queues.ts'
import type { Tx } from '#storage/database.ts'

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
] as const
export type EventType = (typeof eventTypes)[number]

export type NewEvent = {
  type: EventType
  now: Date
  /** Null for a consent that was given before there is a request. */
  requestId: string | null
  /** Ids, codes and figures only: never a name, a phone or what somebody wrote. */
  data?: Record<string, string | number | boolean | null>
}

/**
 * Tells every endpoint that listens of what has happened: written in the caller's transaction, so that a crash loses
 * no event and a rollback sends none.
 */
export const announce = async (_tx: Tx, _deps: { enqueue: Enqueue }, _event: NewEvent): Promise<void> => {}
