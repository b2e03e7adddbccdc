import type { Tx } from '#storage/database.ts'

type NewEvent = {
  type: string
  at: Date
  requestId: string | null
  familyId: string | null
  data: Record<string, string | number | boolean | undefined>
}

/**
 * Keeps an event and a delivery for each endpoint that listens to its type and, of a request or a family, to its
 * territory; what concerns neither goes to endpoints of all territories only. Returns the deliveries that may leave now; those of
 * paused endpoints are held. Where nobody listens nothing is written, and the sequence of the request or family stays.
 */
export const insertEvent = (
  tx: Tx,
  { type, at, requestId, familyId, data }: NewEvent,
): Promise<{ id: string; endpointId: string }[]> =>
  // The endpoints are locked against a resume, which could otherwise miss what is held here, but not against each other.
  tx.$queryRaw`
    WITH heard AS MATERIALIZED (
      SELECT endpoint.id, endpoint.status FROM webhook_endpoints endpoint
      LEFT JOIN requests ON requests.id = ${requestId}::uuid
      LEFT JOIN families ON families.id = ${familyId}::uuid
      WHERE (cardinality(endpoint.events) = 0 OR ${type} = ANY (endpoint.events))
        AND (cardinality(endpoint.territories) = 0 
          OR COALESCE(requests.territory, families.territory) = ANY (endpoint.territories))
      ORDER BY endpoint.id FOR SHARE OF endpoint
    ), request AS (
      UPDATE requests SET event_sequence = event_sequence + 1
      WHERE id = ${requestId}::uuid AND EXISTS (SELECT FROM heard)
      RETURNING id, number, urgent, territory, event_sequence
    ), family AS (
      UPDATE families SET event_sequence = event_sequence + 1
      WHERE id = ${familyId}::uuid AND EXISTS (SELECT FROM heard)
      RETURNING id, territory, event_sequence
    ), event AS (
      INSERT INTO webhook_events (id, type, at, request_id, family_id, sequence, territory, data)
      SELECT gen_random_uuid(), ${type}, ${at}, request.id, family.id,
        COALESCE(request.event_sequence, family.event_sequence), COALESCE(request.territory, family.territory),
        ${JSON.stringify(data)}::jsonb || CASE WHEN request.id IS NULL THEN '{}' ELSE jsonb_build_object(
          'requestId', request.id, 'number', request.number, 'territory', request.territory,
          'urgency', CASE WHEN request.urgent THEN 'urgent' ELSE 'ordinary' END, 'sequence', request.event_sequence
        ) END || CASE WHEN family.id IS NULL THEN '{}' ELSE jsonb_build_object(
          'familyId', family.id, 'territory', family.territory, 'sequence', family.event_sequence
        ) END
      FROM (SELECT) AS one LEFT JOIN request ON true LEFT JOIN family ON true WHERE EXISTS (SELECT FROM heard)
      RETURNING id
    ), delivery AS (
      INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_at, created_at)
      SELECT gen_random_uuid(), heard.id, event.id, CASE heard.status WHEN 'active' THEN 'pending' ELSE 'held' END,
        ${at}, ${at}
      FROM heard, event
      RETURNING id, endpoint_id, status
    )
    SELECT id, endpoint_id AS "endpointId" FROM delivery WHERE status = 'pending'`

/** An event for one endpoint only, whatever it listens to. */
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
 * Forgets events from before a moment with their deliveries and attempts, at most 1000 at a time. What is still on its
 * way to somebody, or held for them, stays. Returns how many.
 */
export const deleteEventsBefore = async (tx: Tx, date: Date): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM webhook_events WHERE id IN (
      SELECT id FROM webhook_events event WHERE at < ${date} AND NOT EXISTS (
        SELECT FROM webhook_deliveries WHERE event_id = event.id AND status IN ('pending', 'held')
      ) ORDER BY at LIMIT 1000
    )`
