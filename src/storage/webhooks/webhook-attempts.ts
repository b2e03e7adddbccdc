import type { Database } from '#storage/database.ts'

/** A delivery leased to this worker. */
export type Claimed = {
  id: string
  endpointId: string
  eventId: string
  type: string
  at: Date
  requestId: string | null
  familyId: string | null
  data: object
  /** Attempts before this one. */
  attempts: number
  url: string
  /** Sealed. */
  secrets: string
}

type Row = Claimed & { state: 'pending' | 'held' | 'failed' | null; nextAt: Date }

/**
 * Leases the due deliveries until `leaseUntil`. Holds those of paused endpoints and of keys revoked or expired; ends
 * those whose scope the endpoint's key does not have (any more). For deliveries that are pending but
 * not due, returns `nextAt`. Omits deliveries that have ended, are held or do not exist: they need no work.
 */
export const claimDeliveries = async (
  db: Database,
  { ids, now, leaseUntil }: { ids: readonly string[]; now: Date; leaseUntil: Date },
): Promise<Map<string, Claimed | { nextAt: Date }>> => {
  if (ids.length === 0) return new Map()
  const rows = await db.sql.query<Row>('claim-deliveries', claimSql, [ids, now, leaseUntil])
  return new Map(
    rows
      .filter(({ state }) => state === null || state === 'pending')
      .map(({ state, nextAt, ...delivery }) => [delivery.id, state === null ? { nextAt } : delivery]),
  )
}

// Locks paused endpoints, because a concurrent resume could miss the deliveries held here.
const claimSql = `
  WITH paused AS MATERIALIZED (
    SELECT endpoint.id FROM webhook_endpoints endpoint LEFT JOIN api_keys ON api_keys.id = endpoint.api_key_id
    WHERE (endpoint.status = 'paused' OR api_keys.revoked_at IS NOT NULL OR api_keys.expires_at <= $2::timestamptz)
      AND endpoint.id IN (SELECT endpoint_id FROM webhook_deliveries WHERE id = ANY ($1::uuid[]))
    ORDER BY endpoint.id FOR SHARE OF endpoint
  ), verdict AS MATERIALIZED (
    SELECT delivery.id, CASE
      WHEN endpoint.id IN (SELECT id FROM paused) THEN 'held'
      WHEN event.scope <> ALL (api_keys.scopes) THEN 'failed'
      ELSE 'pending' END AS status
    FROM webhook_deliveries delivery
    JOIN webhook_events event ON event.id = delivery.event_id
    JOIN webhook_endpoints endpoint ON endpoint.id = delivery.endpoint_id
    LEFT JOIN api_keys ON api_keys.id = endpoint.api_key_id
    WHERE delivery.id = ANY ($1::uuid[])
  ), claimed AS (
    UPDATE webhook_deliveries SET
      status = verdict.status,
      next_at = CASE verdict.status WHEN 'pending' THEN $3::timestamptz END,
      ended_at = CASE verdict.status WHEN 'failed' THEN $2::timestamptz END
    FROM verdict
    WHERE webhook_deliveries.id = verdict.id AND webhook_deliveries.status = 'pending'
      AND (next_at IS NULL OR next_at <= $2::timestamptz)
    RETURNING webhook_deliveries.id, webhook_deliveries.status, attempts
  )
  SELECT asked.id, claimed.status AS state, COALESCE(asked.next_at, $2::timestamptz) AS "nextAt", claimed.attempts,
    asked.endpoint_id AS "endpointId", event.id AS "eventId", event.type, event.at, event.request_id AS "requestId",
    event.family_id AS "familyId", event.data, endpoint.url, endpoint.secrets
  FROM webhook_deliveries asked
  JOIN webhook_events event ON event.id = asked.event_id
  JOIN webhook_endpoints endpoint ON endpoint.id = asked.endpoint_id
  LEFT JOIN claimed ON claimed.id = asked.id
  WHERE asked.id = ANY ($1::uuid[]) AND asked.status = 'pending'`

/** The result of one attempt. */
export type AttemptResult = {
  deliveryId: string
  endpointId: string
  at: Date
  durationMs: number
  status: number | null
  error: string | null
  /** Sealed. */
  response: string | null
  /** `pending`: retry at `nextAt`. */
  outcome: 'delivered' | 'failed' | 'pending'
  nextAt: Date | null
  endedAt: Date | null
}

/**
 * Records attempts and updates their deliveries in one statement; ignores those of a deleted endpoint. Returns the
 * `failing_since` of each endpoint from before these attempts.
 */
export const recordAttempts = async (
  db: Database,
  results: readonly AttemptResult[],
): Promise<Map<string, Date | null>> => {
  const rows = await db.sql.query<{ id: string; since: Date | null }>('record-attempts', recordSql, [
    JSON.stringify(results),
  ])
  return new Map(rows.map(({ id, since }) => [id, since]))
}

// Locks rows in order of id before updating them, so that overlapping batches cannot deadlock.
const recordSql = `
  WITH result AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS result("deliveryId" uuid, "endpointId" uuid, at timestamptz,
      "durationMs" int, status int, error text, response text, outcome text, "nextAt" timestamptz, "endedAt" timestamptz)
  ), delivery AS MATERIALIZED (
    SELECT id FROM webhook_deliveries WHERE id IN (SELECT "deliveryId" FROM result) ORDER BY id FOR NO KEY UPDATE
  ), changed AS (
    UPDATE webhook_deliveries SET status = outcome, attempts = attempts + 1, next_at = "nextAt", ended_at = "endedAt"
    FROM delivery JOIN result ON "deliveryId" = delivery.id
    WHERE webhook_deliveries.id = delivery.id AND webhook_deliveries.status = 'pending'
  ), attempt AS (
    INSERT INTO webhook_attempts (delivery_id, at, duration_ms, status, error, response)
    SELECT "deliveryId", at, "durationMs", result.status, error, response FROM result JOIN delivery ON id = "deliveryId"
  )
  SELECT id, failing_since AS since FROM webhook_endpoints WHERE id IN (SELECT "endpointId" FROM result)`

/**
 * Sets or (null) clears the time since when an endpoint has been failing. One endpoint per statement: updating several
 * could deadlock with announcing, which also locks several.
 */
export const markFailingSince = async (db: Database, id: string, since: Date | null): Promise<void> => {
  const text = `UPDATE webhook_endpoints SET failing_since = $2::timestamptz
    WHERE id = $1::uuid AND (failing_since IS NULL) <> ($2::timestamptz IS NULL)`
  await db.sql.query('mark-failing-since', text, [id, since])
}

/** Whether a delivery has succeeded since a date. */
export const hasDeliveredSince = async (db: Database, endpointId: string, since: Date): Promise<boolean> => {
  const where = { endpointId, status: 'delivered', endedAt: { gt: since } }
  return (await db.prisma.webhookDelivery.findFirst({ where, select: { id: true } })) !== null
}

/** Whether a delivery that has not succeeded was attempted in `[from, until)`. */
export const hasFailedBetween = async (
  db: Database,
  endpointId: string,
  { from, until }: { from: Date; until: Date },
): Promise<boolean> => {
  const delivery = { endpointId, status: { in: ['pending', 'held', 'failed'] } }
  const where = { at: { gte: from, lt: until }, delivery }
  return (await db.prisma.webhookAttempt.findFirst({ where, select: { id: true } })) !== null
}
