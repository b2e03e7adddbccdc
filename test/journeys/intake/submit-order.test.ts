import { expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { joinFeed } from '#storage/webhooks/event-feed.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

// What a Submit writes leaves together, without waiting for each other's answers: the order holds all the same.

test('what a Submit writes stands in its order, for staff and for systems that listen', async () => {
  const world = await openWorld()
  const { prisma } = world.database
  const now = world.clock.now()
  await world.database.transaction(async (tx) => {
    const { key } = await createKey(tx, { name: 'reader', scopes, territories: [], now })
    await joinFeed(tx, key.id, now)
  })
  await world.staff('Анна', ['leninsky'])
  await submitAsParent(world.person())
  const events = await prisma.requestEvent.findMany({ orderBy: { id: 'asc' } })
  expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'assigned'])
  const told = await prisma.webhookEvent.findMany({
    where: { requestId: { not: null } },
    orderBy: { sequence: 'asc' },
  })
  expect(told.map(({ sequence, type }) => [sequence, type])).toEqual([
    [1, 'request.submitted'],
    [2, 'consent.given'],
    [3, 'consent.given'],
    [4, 'request.assigned'],
  ])
})
