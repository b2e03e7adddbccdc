import type { Tx } from './database.ts'

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
