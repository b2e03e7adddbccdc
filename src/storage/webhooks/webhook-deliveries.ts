import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** `held`: the endpoint is paused; `failed`: given up, may be replayed. */
export const deliveryStatuses = ['pending', 'held', 'delivered', 'failed'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** One event on its way to one endpoint. */
export type Delivery = {
  id: string
  endpointId: string
  /** The `webhook-id`. */
  eventId: string
  type: string
  requestId: string | null
  sequence: number | null
  status: DeliveryStatus
  /** Since it was last put on its way. */
  attempts: number
  nextAt: Date | null
  createdAt: Date
  endedAt: Date | null
}

export type Attempt = {
  at: Date
  durationMs: number
  /** Null: there was no answer, and `error` says why. */
  status: number | null
  error: string | null
  /** The first 4 KiB of the answer, sealed; null: there was nothing in it. */
  response: string | null
}

/** Where a page of deliveries ended: the next one begins behind it. */
export type DeliveryCursor = { createdAt: Date; id: string }

/** Of one endpoint, the newest first. */
export const deliveriesOf = async (
  reader: Reader,
  endpointId: string,
  { status, after, limit }: { status?: DeliveryStatus; after?: DeliveryCursor; limit: number },
): Promise<Delivery[]> => {
  const behind = after && {
    OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }],
  }
  const rows = await readFrom(reader).webhookDelivery.findMany({
    where: {
      endpointId,
      ...(status && { status }),
      ...(after && { createdAt: { lte: after.createdAt } }),
      ...behind,
    },
    include: { event: event },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(toDelivery)
}

/** A delivery of this endpoint with its attempts, oldest first; null where there is none. */
export const findDelivery = async (
  reader: Reader,
  endpointId: string,
  id: string,
): Promise<(Delivery & { tries: Attempt[] }) | null> => {
  const row = await readFrom(reader).webhookDelivery.findFirst({
    where: { id, endpointId },
    include: { event, tries: { orderBy: { id: 'asc' }, omit: { id: true, deliveryId: true } } },
  })
  return row && { ...toDelivery(row), tries: row.tries }
}

/** Puts an ended delivery on its way anew; `held` while the endpoint is paused. False when it is not at its end. */
export const replayDelivery = async (
  tx: Tx,
  { id, status, now }: { id: string; status: 'pending' | 'held'; now: Date },
): Promise<boolean> => {
  const where = { id, status: { in: ['delivered', 'failed'] } }
  const data = { status, attempts: 0, nextAt: now, endedAt: null }
  return (await tx.webhookDelivery.updateMany({ where, data })).count === 1
}

/** Holds everything of an endpoint that was given up since a moment, for `releaseHeld`. Returns how many. */
export const holdFailedSince = async (tx: Tx, endpointId: string, since: Date): Promise<number> => {
  const where = { endpointId, status: 'failed', createdAt: { gte: since } }
  return (await tx.webhookDelivery.updateMany({ where, data: { status: 'held', endedAt: null } })).count
}

/**
 * Lets the oldest held deliveries of an active endpoint go, from the first attempt on, at most 100 at a time: their
 * ids. None when the endpoint is paused (again).
 */
export const releaseHeld = async (tx: Tx, endpointId: string, now: Date): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH endpoint AS MATERIALIZED (
      SELECT id FROM webhook_endpoints WHERE id = ${endpointId}::uuid AND status = 'active' FOR SHARE
    ), held AS (
      SELECT webhook_deliveries.id FROM webhook_deliveries JOIN endpoint ON endpoint_id = endpoint.id
      WHERE webhook_deliveries.status = 'held' ORDER BY created_at LIMIT 100
    )
    UPDATE webhook_deliveries SET status = 'pending', attempts = 0, next_at = ${now} FROM held
    WHERE webhook_deliveries.id = held.id AND webhook_deliveries.status = 'held' RETURNING webhook_deliveries.id`
  return rows.map(({ id }) => id)
}

/**
 * Pending deliveries (or this one) whose time came ten minutes ago and that no job is on its way to: the job is a dead
 * letter, or a backup without it was restored. At most 300. Judged by the database's clock, as jobs are. Many others may
 * wait as long for a slow endpoint; each of these has its job.
 */
export const lostDeliveries = (
  tx: Tx,
  deliveryId: string | null = null,
): Promise<{ id: string; endpointId: string }[]> =>
  tx.$queryRaw`
    WITH lost AS (
      SELECT id::text FROM webhook_deliveries
      WHERE endpoint_id IN (SELECT id FROM webhook_endpoints) AND status = 'pending'
        AND COALESCE(next_at, created_at) < now() - interval '10 minutes'
        AND id = COALESCE(${deliveryId}::uuid, id)
      EXCEPT (
        SELECT data->>'deliveryId' FROM pgboss.job
        WHERE name = 'webhook-delivery' AND state < 'active' AND NOT blocked
        UNION ALL
        SELECT data->>'deliveryId' FROM pgboss.job
        WHERE name = 'webhook-delivery' AND state = 'active' AND group_id IS NOT NULL
      ) LIMIT 300
    )
    SELECT id, endpoint_id AS "endpointId" FROM webhook_deliveries WHERE id IN (SELECT id::uuid FROM lost)`

const event = { select: { type: true, requestId: true, sequence: true } }

type StoredDelivery = Omit<Delivery, 'type' | 'requestId' | 'sequence' | 'status'> & {
  status: string
  event: { type: string; requestId: string | null; sequence: number | null }
}

const toDelivery = (row: StoredDelivery): Delivery => ({
  id: row.id,
  endpointId: row.endpointId,
  eventId: row.eventId,
  ...row.event,
  status: row.status as DeliveryStatus,
  attempts: row.attempts,
  nextAt: row.nextAt,
  createdAt: row.createdAt,
  endedAt: row.endedAt,
})
