import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findDelivery } from '#storage/webhooks/webhook-deliveries.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const now = new Date('2026-11-24T09:00:00Z')

test('a delivery is found at its own endpoint, with its attempts', async () => {
  const { prisma } = db()
  const endpoint = await prisma.webhookEndpoint.create({
    data: {
      url: 'https://crm.example/',
      events: [],
      territories: [],
      secrets: 'v1.test.secrets',
      createdAt: now,
    },
  })
  const event = await prisma.webhookEvent.create({ data: { type: 'test', at: now, data: {} } })
  const { id } = await prisma.webhookDelivery.create({
    data: { endpointId: endpoint.id, eventId: event.id, status: 'delivered', createdAt: now },
  })
  const attempt = { at: now, durationMs: 12, status: 200, error: null, response: null }
  await prisma.webhookAttempt.create({ data: { deliveryId: id, ...attempt } })
  expect(await findDelivery(db(), randomUUID(), id)).toBeNull()
  expect(await findDelivery(db(), endpoint.id, id)).toMatchObject({
    id,
    status: 'delivered',
    tries: [attempt],
  })
})
