import type { GaugeName, Reading } from '#core/metrics.ts'
import type { Database } from './database.ts'

type Row = { name: GaugeName; labels: Record<string, string>; value: number }

/**
 * What waits, in one statement: jobs, families' words and requests, promises, deliveries. Codes and numbers only. Ages are
 * in seconds, against the product's clock `$1`; those of jobs against the queue's.
 */
const statement = `
  WITH due AS (
    SELECT name, count(*) AS jobs, max(extract(epoch FROM pgboss.job_now() - start_after)) AS oldest
    FROM pgboss.job WHERE state < 'active' AND NOT blocked AND start_after <= pgboss.job_now() GROUP BY name
  ), waiting AS (
    SELECT CASE WHEN urgent THEN 'urgent' ELSE 'request' END AS what, coalesce(waiting_since, submitted_at) AS since
    FROM requests WHERE status = 'submitted'
    UNION ALL
    SELECT CASE WHEN alarming THEN 'danger' ELSE 'words' END, at
    FROM messages WHERE author = 'member' AND read_at IS NULL
  ), whats AS (
    SELECT what, count(since) AS waiting, coalesce(max(extract(epoch FROM $1::timestamptz - since)), 0) AS oldest
    FROM unnest(ARRAY['urgent', 'request', 'danger', 'words']) AS what LEFT JOIN waiting USING (what) GROUP BY what
  ), promised AS (
    SELECT count(*) FILTER (WHERE ended_at IS NULL AND due_at >= $1) AS open,
      count(*) FILTER (WHERE ended_at IS NULL AND due_at < $1) AS late,
      count(*) FILTER (WHERE ended_at > $1::timestamptz - interval '7 days' AND ended_at <= due_at) AS kept,
      count(*) FILTER (WHERE ended_at > $1::timestamptz - interval '7 days' AND ended_at > due_at) AS missed
    FROM promises
  ), pending AS (
    SELECT count(*) AS deliveries, coalesce(max(extract(epoch FROM $1::timestamptz - created_at)), 0) AS oldest
    FROM webhook_deliveries WHERE status = 'pending'
  ), readings AS (
    SELECT 'jobs_waiting' AS name, jsonb_build_object('queue', name) AS labels, jobs::float8 AS value
    FROM due WHERE name <> 'dead-letters'
    UNION ALL SELECT 'jobs_oldest_seconds', jsonb_build_object('queue', name), oldest FROM due WHERE name <> 'dead-letters'
    UNION ALL SELECT 'dead_letters', '{}', count(*) FROM pgboss.job WHERE name = 'dead-letters' AND state < 'active'
    UNION ALL SELECT 'quarantined', '{}', count(*) FROM failed_updates WHERE quarantined_at IS NOT NULL
    UNION ALL SELECT 'waiting', jsonb_build_object('what', what), waiting FROM whats
    UNION ALL SELECT 'waiting_oldest_seconds', jsonb_build_object('what', what), oldest FROM whats
    UNION ALL SELECT 'promises_open', '{}', open FROM promised
    UNION ALL SELECT 'promises_late', '{}', late FROM promised
    UNION ALL SELECT 'promises_ended', '{"kept": "yes"}', kept FROM promised
    UNION ALL SELECT 'promises_ended', '{"kept": "no"}', missed FROM promised
    UNION ALL SELECT 'webhooks_pending', '{}', deliveries FROM pending
    UNION ALL SELECT 'webhooks_oldest_seconds', '{}', oldest FROM pending
    UNION ALL SELECT 'webhooks_paused', '{}', count(*) FROM webhook_endpoints WHERE status = 'paused'
  )
  SELECT name, labels, value::float8 AS value FROM readings`

/** Reads the gauges of whatever waits. Rejects while the database is away. */
export const readWaiting = async (database: Database, now: Date): Promise<Reading[]> =>
  // Not with the statements of the hot path, which would wait for it on their connection.
  database.prisma.$queryRawUnsafe<Row[]>(statement, now)

/** How full the pool is; nothing of the embedded database, which has one connection. */
export const readPool = ({ pool }: Database): Reading[] =>
  Object.entries(pool()).map(([state, value]) => ({ name: 'pool_connections', labels: { state }, value }))
