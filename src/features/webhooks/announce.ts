import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { hasListeners, insertEvent } from '#storage/webhooks/webhook-events.ts'
import { type EventData, eventDataSchema } from './event-data.ts'
import { type EventType, scopeOfEvent } from './event-scopes.ts'

export type AnnounceDeps = {
  enqueue: Enqueue
  /** False: it is known in this transaction that nobody listens at all. */
  listening?: boolean
}

export type NewEvent = {
  type: EventType
  now: Date
  /** Null for a consent given before there is a request, and for events of a family. */
  requestId: string | null
  /** The family that the event is about; an event never links a request to a family. */
  familyId?: string
  /** Ids, codes and figures only: never a name, a phone number or free text. */
  data?: EventData
}

/**
 * Publishes an event to every subscribed endpoint whose key may hear it, and in the feed of keys that read it, in the caller's
 * transaction: a crash loses no event, a rollback sends none. One statement, which writes nothing if nobody hears it. Throws ZodError for
 * data that must not leave the system, which is a programming error.
 */
export const announce = async (
  tx: Tx,
  { enqueue, listening = true }: AnnounceDeps,
  { type, now, requestId, familyId, data = {} }: NewEvent,
): Promise<void> => {
  if (!listening) return
  const scope = scopeOfEvent(type, { familyId })
  const event = {
    type,
    scope,
    at: now,
    requestId,
    familyId: familyId ?? null,
    data: eventDataSchema.parse(data),
  }
  for (const { id, endpointId } of await insertEvent(tx, event)) {
    await enqueue(tx, 'webhook-delivery', { deliveryId: id }, { group: endpointId })
  }
}

/** The same of several events, in their order; one statement for all of them where nobody listens at all. */
export const announceAll = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  events: readonly NewEvent[],
): Promise<void> => {
  if (!(await hasListeners(tx))) return
  for (const event of events) await announce(tx, deps, event)
}
