import type { Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'

type NewEvent = {
  type: string
  /** The scope that a key needs to hear it. */
  scope: string
  at: Date
  requestId: string | null
  familyId: string | null
  data: Record<string, string | number | boolean | readonly string[] | undefined>
}

/**
 * Inserts an event, and a delivery for each endpoint subscribed to its type and to the territory of its request or
 * family, whose key has its scope; an event without either goes only to endpoints for all territories. It is also kept for
 * keys that read the feed. Returns the pending deliveries; those of paused endpoints, and of keys revoked or expired, are
 * held. Without anybody who hears it writes nothing and does not advance the sequence. Of a request it names from whom a line of
 * the request is kept, and who does not have it: nothing of it is for them any more (ADR 60).
 */
export const insertEvent = (
  tx: Tx,
  { type, scope, at, requestId, familyId, data }: NewEvent,
): Promise<{ id: string; endpointId: string }[]> =>
  // A shared lock on the endpoints: a concurrent resume could otherwise miss the deliveries held here.
  direct(tx)`
    WITH heard AS MATERIALIZED (
      SELECT endpoint.id, endpoint.status = 'active' AND api_keys.revoked_at IS NULL
        AND (api_keys.expires_at IS NULL OR api_keys.expires_at > ${at}) AS open
      FROM webhook_endpoints endpoint
      LEFT JOIN api_keys ON api_keys.id = endpoint.api_key_id
      LEFT JOIN requests ON requests.id = ${requestId}::uuid
      LEFT JOIN families ON families.id = ${familyId}::uuid
      WHERE (endpoint.api_key_id IS NULL OR ${scope} = ANY (api_keys.scopes))
        AND (cardinality(endpoint.events) = 0 OR ${type} = ANY (endpoint.events))
        AND (cardinality(endpoint.territories) = 0 
          OR COALESCE(requests.territory, families.territory) = ANY (endpoint.territories))
      ORDER BY endpoint.id FOR SHARE OF endpoint
    ), wanted AS MATERIALIZED (
      SELECT EXISTS (SELECT FROM heard) OR EXISTS (
        SELECT FROM api_keys
        LEFT JOIN requests ON requests.id = ${requestId}::uuid
        LEFT JOIN families ON families.id = ${familyId}::uuid
        WHERE api_keys.events_since IS NOT NULL AND api_keys.revoked_at IS NULL AND api_keys.expires_at > ${at}
          AND ${scope} = ANY (api_keys.scopes) AND (cardinality(api_keys.territories) = 0
            OR COALESCE(requests.territory, families.territory) = ANY (api_keys.territories))
      ) AS yes
    ), request AS (
      UPDATE requests SET event_sequence = event_sequence + 1
      WHERE id = ${requestId}::uuid AND (SELECT yes FROM wanted)
      RETURNING id, number, urgent, territory, event_sequence, assigned_to_id
    ), hidden AS (
      SELECT jsonb_build_object('hiddenFrom', jsonb_agg(DISTINCT one.id ORDER BY one.id)) AS data
      FROM request CROSS JOIN LATERAL (
        SELECT unnest(hidden_from)::text AS id FROM request_events
        WHERE request_id = request.id AND cardinality(hidden_from) > 0
        UNION SELECT jsonb_array_elements_text(COALESCE(${JSON.stringify(data)}::jsonb -> 'hiddenFrom', '[]'))
      ) one
      WHERE one.id IS DISTINCT FROM request.assigned_to_id::text
        OR ${JSON.stringify(data)}::jsonb -> 'hiddenFrom' ? one.id
      HAVING count(*) > 0
    ), family AS (
      UPDATE families SET event_sequence = event_sequence + 1
      WHERE id = ${familyId}::uuid AND (SELECT yes FROM wanted)
      RETURNING id, territory, event_sequence
    ), event AS (
      INSERT INTO webhook_events (id, type, scope, at, request_id, family_id, sequence, territory, data)
      SELECT gen_random_uuid(), ${type}, ${scope}, ${at}, request.id, family.id,
        COALESCE(request.event_sequence, family.event_sequence), COALESCE(request.territory, family.territory),
        ${JSON.stringify(data)}::jsonb || CASE WHEN request.id IS NULL THEN '{}' ELSE jsonb_build_object(
          'requestId', request.id, 'number', request.number, 'territory', request.territory,
          'urgency', CASE WHEN request.urgent THEN 'urgent' ELSE 'ordinary' END, 'sequence', request.event_sequence
        ) END || COALESCE((SELECT hidden.data FROM hidden), '{}') || CASE WHEN family.id IS NULL THEN '{}' ELSE jsonb_build_object(
          'familyId', family.id, 'territory', family.territory, 'sequence', family.event_sequence
        ) END
      FROM (SELECT) AS one LEFT JOIN request ON true LEFT JOIN family ON true WHERE (SELECT yes FROM wanted)
      RETURNING id
    ), delivery AS (
      INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_at, created_at)
      SELECT gen_random_uuid(), heard.id, event.id, CASE WHEN heard.open THEN 'pending' ELSE 'held' END,
        ${at}, ${at}
      FROM heard, event
      RETURNING id, endpoint_id, status
    )
    SELECT id, endpoint_id AS "endpointId" FROM delivery WHERE status = 'pending'`

/** Whether there is any endpoint, or any key that reads the feed. */
export const hasListeners = async (tx: Tx): Promise<boolean> =>
  (
    await direct(tx)`
      SELECT 1 FROM webhook_endpoints UNION ALL SELECT 1 FROM api_keys WHERE events_since IS NOT NULL LIMIT 1`
  ).length > 0

/** Inserts a test event for one endpoint, regardless of its subscriptions. */
export const insertTestEvent = async (
  tx: Tx,
  { endpointId, deliveryId, held, now }: { endpointId: string; deliveryId: string; held: boolean; now: Date },
): Promise<void> => {
  await tx.$executeRaw`
    WITH event AS (
      INSERT INTO webhook_events (id, type, at, data) VALUES (gen_random_uuid(), 'endpoint.test', ${now}, '{}')
      RETURNING id
    )
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_at, created_at)
    SELECT ${deliveryId}::uuid, ${endpointId}::uuid, event.id, ${held ? 'held' : 'pending'}, ${now}, ${now} FROM event`
}

/**
 * Deletes up to 1,000 events from before a date, with their deliveries and attempts. Keeps events that have pending or
 * held deliveries, and the last one of the feed, where its readers stand. Returns how many.
 */
export const deleteEventsBefore = async (tx: Tx, date: Date): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM webhook_events WHERE id IN (
      SELECT id FROM webhook_events event WHERE at < ${date} AND NOT EXISTS (
        SELECT FROM webhook_deliveries WHERE event_id = event.id AND status IN ('pending', 'held')
      ) AND (position IS NULL OR position < (SELECT max(position) FROM webhook_events)) ORDER BY at LIMIT 1000
    )`
