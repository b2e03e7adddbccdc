import type { Clock } from '#core/clock.ts'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type Enqueue, lowPriority } from '#queue/queues.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  type Attempt,
  type Delivery,
  type DeliveryCursor,
  type DeliveryStatus,
  deliveriesOf,
  findDelivery,
  holdFailedSince,
  lostDeliveries,
  releaseHeld,
  replayDelivery,
} from '#storage/webhooks/webhook-deliveries.ts'
import { insertTestEvent } from '#storage/webhooks/webhook-events.ts'
import { openResponse } from './receiver-responses.ts'
import { type EndpointChanger, endpointForCaller, lockEndpointForCaller } from './endpoints.ts'

type OfEndpoint = { caller: EndpointChanger; endpointId: string }

/**
 * A page of an endpoint's deliveries, newest first; `next` is the cursor of the following page, null at the
 * end.
 */
export const deliveriesForCaller = async (
  reader: Reader,
  {
    caller,
    endpointId,
    status,
    after,
    limit,
  }: OfEndpoint & {
    status?: DeliveryStatus | undefined
    after?: DeliveryCursor | undefined
    limit: number
  },
): Promise<{ items: Delivery[]; next: DeliveryCursor | null }> => {
  await endpointForCaller(reader, caller, endpointId)
  const found = await deliveriesOf(reader, endpointId, {
    ...(status && { status }),
    ...(after && { after }),
    limit: limit + 1,
  })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && found.length > limit ? { createdAt: last.createdAt, id: last.id } : null }
}

/** One delivery with its attempts, oldest first: status, duration, error, the first 4 KiB of the response. */
export const deliveryForCaller = async (
  reader: Reader,
  sealer: Sealer,
  { caller, endpointId, deliveryId }: OfEndpoint & { deliveryId: string },
): Promise<Delivery & { tries: Attempt[] }> => {
  await endpointForCaller(reader, caller, endpointId)
  const { tries, ...delivery } = await sealedDelivery(reader, endpointId, deliveryId)
  const opened = tries.map((one) => ({ ...one, response: openResponse(sealer, deliveryId, one.response) }))
  return { ...delivery, tries: opened }
}

const sealedDelivery = async (reader: Reader, endpointId: string, id: string) => {
  const delivery = await findDelivery(reader, endpointId, id)
  if (!delivery) throw new DomainError('not-found')
  return delivery
}

/** Without its attempts. */
const plainDelivery = async (reader: Reader, endpointId: string, id: string): Promise<Delivery> => {
  const { tries: _, ...delivery } = await sealedDelivery(reader, endpointId, id)
  return delivery
}

/**
 * Sends `endpoint.test` to this endpoint, whatever it is subscribed to. A paused endpoint gets it once
 * resumed.
 */
export const sendTestEvent = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { caller, endpointId, now }: OfEndpoint & { now: Date },
): Promise<Delivery> => {
  const { status } = await lockEndpointForCaller(tx, caller, endpointId)
  const deliveryId = newId()
  await insertTestEvent(tx, { endpointId, deliveryId, held: status === 'paused', now })
  if (status === 'active') await enqueue(tx, 'webhook-delivery', { deliveryId }, { group: endpointId })
  return plainDelivery(tx, endpointId, deliveryId)
}

/**
 * Sends a finished delivery again with the same `webhook-id`, starting at the first attempt. A pending or
 * held delivery stays as it is; one that has lost its job gets a new one.
 */
export const replayForCaller = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { caller, endpointId, deliveryId, now }: OfEndpoint & { deliveryId: string; now: Date },
): Promise<Delivery> => {
  const endpoint = await lockEndpointForCaller(tx, caller, endpointId)
  await sealedDelivery(tx, endpointId, deliveryId)
  const status = endpoint.status === 'active' ? 'pending' : 'held'
  if ((await replayDelivery(tx, { id: deliveryId, status, now })) && status === 'pending') {
    await enqueue(tx, 'webhook-delivery', { deliveryId }, { group: endpointId })
  }
  await requeueLostDeliveries(tx, { enqueue }, { deliveryId, now })
  return plainDelivery(tx, endpointId, deliveryId)
}

/**
 * Sends again the failed deliveries of events since a moment. Returns how many; a paused endpoint holds them.
 */
export const replayFailed = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { caller, endpointId, since }: OfEndpoint & { since: Date },
): Promise<number> => {
  await lockEndpointForCaller(tx, caller, endpointId)
  const count = await holdFailedSince(tx, endpointId, since)
  if (count > 0) await enqueue(tx, 'webhook-release', { endpointId })
  return count
}

/**
 * Releases the held deliveries of an active endpoint, in batches of a hundred per transaction. Throws if
 * `signal` aborts; the job's retry continues with the rest.
 */
export const releaseHeldDeliveries = async (
  database: Database,
  { enqueue }: { enqueue: Enqueue },
  { endpointId, clock, signal }: { endpointId: string; clock: Clock; signal: AbortSignal },
): Promise<void> => {
  let count: number
  do {
    signal.throwIfAborted()
    count = await database.transaction(async (tx) => {
      const ids = await releaseHeld(tx, endpointId, clock.now())
      const options = { group: endpointId, priority: lowPriority }
      for (const deliveryId of ids) await enqueue(tx, 'webhook-delivery', { deliveryId }, options)
      return ids.length
    })
  } while (count > 0)
}

/**
 * Safety net below the queue: enqueues jobs for overdue deliveries that have none (see `lostDeliveries`), at
 * most 300, or only for the given one. A superfluous job is harmless, because a delivery can be claimed only
 * once. Returns the number found, normally zero.
 */
export const requeueLostDeliveries = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  which: { deliveryId?: string; now: Date },
): Promise<number> => {
  const lost = await lostDeliveries(tx, which)
  for (const { id, endpointId } of lost) {
    await enqueue(tx, 'webhook-delivery', { deliveryId: id }, { group: endpointId, priority: lowPriority })
  }
  return lost.length
}
