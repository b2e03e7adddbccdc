import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** `held`: the endpoint is paused; `failed`: given up, may be replayed. */
export const deliveryStatuses = ['pending', 'held', 'delivered', 'failed'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** The delivery of one event to one endpoint. */
export type Delivery = {
  id: string
  endpointId: string
  /** The `webhook-id`. */
  eventId: string
  type: string
  requestId: string | null
  sequence: number | null
  status: DeliveryStatus
  /** Attempts since it was created or last replayed. */
  attempts: number
  nextAt: Date | null
  createdAt: Date
  endedAt: Date | null
}

export type Attempt = {
  at: Date
  durationMs: number
  /** Null: no response; `error` has the reason. */
  status: number | null
  error: string | null
  /** The first 4 KiB of the response body, sealed; null: empty. */
  response: string | null
}

/** A page cursor: the sort key of the last row. */
export type DeliveryCursor = { createdAt: Date; id: string }

/** Returns a page of an endpoint's deliveries, newest first. */
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

/** Finds a delivery of this endpoint, with its attempts, oldest first. */
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

/** Restarts an ended delivery; `held` while the endpoint is paused. Returns false if it has not ended. */
export const replayDelivery = async (
  tx: Tx,
  { id, status, now }: { id: string; status: 'pending' | 'held'; now: Date },
): Promise<boolean> => {
  const where = { id, status: { in: ['delivered', 'failed'] } }
  const data = { status, attempts: 0, nextAt: now, endedAt: null }
  return (await tx.webhookDelivery.updateMany({ where, data })).count === 1
}

/** Holds an endpoint's failed deliveries created since a date, for `releaseHeld`. Returns how many. */
export const holdFailedSince = async (tx: Tx, endpointId: string, since: Date): Promise<number> => {
  const where = { endpointId, status: 'failed', createdAt: { gte: since } }
  return (await tx.webhookDelivery.updateMany({ where, data: { status: 'held', endedAt: null } })).count
}

/**
 * Releases up to 100 of the oldest held deliveries of an active endpoint and resets their attempts. Returns their ids;
 * none if the endpoint is paused (again).
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

const lostAfterMs = 10 * 60_000

type Lost = { deliveryId?: string | null | undefined; now: Date }

/**
 * Up to 300 pending deliveries (or this one) that are ten minutes overdue and have no job: the job became a dead
 * letter, or a backup without it was restored. Deliveries that wait that long for a slow endpoint still have their job.
 */
export const lost = ({ deliveryId = null, now }: Lost): Rows => Prisma.sql`
  WITH lost AS (
    SELECT id::text FROM webhook_deliveries
    WHERE endpoint_id IN (SELECT id FROM webhook_endpoints) AND status = 'pending'
      AND COALESCE(next_at, created_at) < ${new Date(now.getTime() - lostAfterMs)}
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

export const lostDeliveries = (tx: Tx, which: Lost): Promise<{ id: string; endpointId: string }[]> =>
  tx.$queryRaw(lost(which))

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
