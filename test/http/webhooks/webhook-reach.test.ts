import { expect, inject, test } from 'vitest'
import { runCommand } from '#control/commands.ts'
import type { Database } from '#storage/database.ts'
import { type ApiAnswer, keyOf } from '#test/support/api.ts'
import { waitingForLocks } from '#test/support/locks.ts'
import { territoriesIn } from '#test/support/territory-book.ts'
import { openWorld } from '#test/support/world.ts'

/** An IP address needs no DNS, and the tests send nothing there. */
const url = 'https://1.1.1.1/ryadom'
// No test withdraws a consent.
const events = ['consent.withdrawn']

const idOf = (answer: ApiAnswer) => (answer.body as { id: string }).id
const notFound = { status: 404, body: { type: '/api/problems/not-found' } }

/** Moves an endpoint to another territory, in a transaction that commits when released. */
const moveAway = async (database: Database, id: string) => {
  const [moved, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const moving = database.transaction(async (tx) => {
    await tx.webhookEndpoint.update({ where: { id }, data: { territories: ['oktyabrsky'] } })
    moved.resolve()
    await released.promise
  })
  await Promise.race([moved.promise, moving])
  return () => {
    released.resolve()
    return moving
  }
}

test.runIf(inject('database') === 'postgres')(
  'a call that waits for an endpoint loses access if it moves to another territory meanwhile',
  async () => {
    const world = await openWorld()
    const key = await keyOf(world, { territories: ['leninsky'] })
    for (const ask of [
      (path: string) => key.post(`${path}/rotate-secret`),
      (path: string) => key.post(`${path}/test`),
      (path: string) => key.delete(path),
    ]) {
      const id = idOf(await key.post('/webhooks', { url, events }))
      const release = await moveAway(world.database, id)
      const asked = ask(`/webhooks/${id}`)
      await expect.poll(() => waitingForLocks(world.database)).toBe(1)
      await release()
      expect(await asked).toMatchObject(notFound)
      const kept = await world.database.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } })
      expect(kept).toMatchObject({ territories: ['oktyabrsky'], revision: 0 })
    }
    expect(await world.database.prisma.webhookDelivery.count()).toBe(0)
  },
)

test('a stale revision cannot delete an endpoint', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const path = `/webhooks/${idOf(await key.post('/webhooks', { url, events }))}`
  await key.post(`${path}/pause`)
  const stale = { status: 412, body: { type: '/api/problems/stale' } }
  expect(await key.delete(path, { 'if-match': '"0"' })).toMatchObject(stale)
  expect(await key.delete(path, { 'if-match': '"1"' })).toMatchObject({ status: 204 })
})

test('the revocation of a key pauses its endpoints', async () => {
  const world = await openWorld()
  const [key, other] = [await keyOf(world), await keyOf(world)]
  const [first, second] = [
    idOf(await key.post('/webhooks', { url, events })),
    idOf(await key.post('/webhooks', { url, events })),
  ]
  const [gone, others] = [
    idOf(await key.post('/webhooks', { url, events })),
    idOf(await other.post('/webhooks', { url, events })),
  ]
  await other.post(`/webhooks/${gone}/pause`)
  const desk = {
    db: world.database,
    clock: world.clock,
    botUsername: async () => 'bot',
    territories: territoriesIn(world.database),
    enqueue: () => Promise.reject(new Error('nothing is enqueued here')),
    desk: () => Promise.reject(new Error('nobody is at a desk here')),
    notices: () => Promise.reject(new Error('no notice is drafted here')),
    planning: () => Promise.reject(new Error('no plan is imported here')),
  }
  const said = await runCommand(desk, { name: 'key-revoke', keyId: key.keyId })
  expect(said.join(' ')).toMatch(/is rejected from now on Paused 2 webhook endpoints/)
  for (const id of [first, second])
    expect(await other.get(`/webhooks/${id}`)).toMatchObject({
      body: { status: 'paused', pausedFor: 'staff' },
    })
  expect(await other.get(`/webhooks/${others}`)).toMatchObject({ body: { status: 'active' } })

  const audit = await world.database.prisma.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 3 })
  expect(audit.map(({ action, apiKeyId }) => [action, apiKeyId])).toEqual([
    ['webhook.changed', null],
    ['webhook.changed', null],
    ['key.revoked', null],
  ])
  expect(await other.post(`/webhooks/${first}/resume`)).toMatchObject({ body: { status: 'active' } })
})
