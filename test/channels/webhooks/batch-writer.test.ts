import { expect, test } from 'vitest'
import { recordAttempts } from '#storage/webhooks/webhook-attempts.ts'
import { openWebhooks } from '#test/support/webhooks.ts'

test('two instances that record attempts of the same deliveries do not deadlock', async () => {
  const world = await openWebhooks({ idle: true })
  const { database, clock } = world
  const { id: endpoint } = await world.endpoint('http://127.0.0.1:1/')
  // Many rows: a few would be read in physical order, whatever the query.
  await database.prisma.$executeRaw`
    WITH event AS (
      INSERT INTO webhook_events (id, type, at, data)
      SELECT gen_random_uuid(), 'message.received', now(), '{}' FROM generate_series(1, 20000) RETURNING id
    )
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_at, created_at)
    SELECT gen_random_uuid(), ${endpoint}::uuid, id, 'pending', now(), now() FROM event`
  await database.prisma.$executeRaw`ANALYZE webhook_deliveries`
  const some = await database.prisma.webhookDelivery.findMany({ take: 200 })
  const now = clock.now()
  const results = some.map(({ id, endpointId }) => ({
    deliveryId: id,
    endpointId,
    at: now,
    durationMs: 1,
    status: 500,
    error: null,
    response: null,
    outcome: 'pending' as const,
    nextAt: now,
    endedAt: null,
  }))
  const rounds = 25
  for (let round = 0; round < rounds; round += 1) {
    const orders = [results, results.toReversed(), [...results.slice(100), ...results.slice(0, 100)]]
    const kept = await Promise.allSettled(orders.map((order) => recordAttempts(database, order)))
    expect(kept.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  }
  expect(await database.prisma.webhookDelivery.count({ where: { attempts: 3 * rounds } })).toBe(200)
})
