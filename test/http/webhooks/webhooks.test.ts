import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSecrets } from '#features/webhooks/signing-secrets.ts'
import { createSealer } from '#storage/seal.ts'
import { type ApiAnswer, keyOf } from '#test/support/api.ts'
import { openWorld, testKeys, type World } from '#test/support/world.ts'

const missing = '018f3a5e-0000-7000-8000-000000000000'
/** An IP address needs no DNS, and the tests send nothing there. */
const url = 'https://1.1.1.1/ryadom'

type Endpoint = { id: string; url: string; events: string[]; territories: string[]; status: string }
type Delivery = { id: string; webhookId: string; status: string }
const endpoint = (answer: ApiAnswer) => answer.body as Endpoint & { secret: string }
const page = (answer: ApiAnswer) => answer.body as { items: Delivery[]; nextCursor: string | null }

const problem = (code: string, status: number) => ({
  status,
  body: { type: `/api/problems/${code}`, status },
})

test('an endpoint is created, read, updated by revision, paused, resumed and deleted', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const made = await key.post('/webhooks', { url, events: ['request.submitted'] })
  expect(made).toMatchObject({
    status: 201,
    body: { url, events: ['request.submitted'], territories: [], status: 'active', revision: 0 },
  })
  const { id, secret, ...rest } = endpoint(made)
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(made.headers.get('location')).toBe(`/api/v1/webhooks/${id}`)

  const read = await key.get(`/webhooks/${id}`)
  expect(read.body).toEqual({ id, ...rest })
  expect(read.headers.get('etag')).toBe('"0"')
  expect(await key.get('/webhooks')).toMatchObject({ body: { items: [{ id }], nextCursor: null } })

  const path = `/webhooks/${id}`
  expect(await key.patch(path, { events: [] })).toMatchObject(problem('precondition-required', 428))
  const tagged = { 'if-match': '"0"' }
  const changed = await key.patch(path, { events: [], territories: ['leninsky'] }, tagged)
  expect(changed).toMatchObject({ status: 200, body: { url, events: [], territories: ['leninsky'] } })
  expect(changed.headers.get('etag')).toBe('"1"')
  expect(await key.patch(path, { events: [] }, tagged)).toMatchObject(problem('stale', 412))

  expect(await key.post(`${path}/pause`)).toMatchObject({ body: { status: 'paused', pausedFor: 'staff' } })
  expect(await key.post(`${path}/resume`)).toMatchObject({ body: { status: 'active', pausedFor: null } })
  expect(await key.delete(path)).toMatchObject({ status: 204, body: undefined })
  expect(await key.get(path)).toMatchObject(problem('not-found', 404))

  const audit = await world.database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } })
  expect(audit.map(({ action, apiKeyId, subjectId }) => [action, apiKeyId, subjectId])).toEqual([
    ['key.created', null, key.keyId],
    ...Array.from({ length: 5 }, () => ['webhook.changed', key.keyId, id]),
  ])
})

test('a rotated secret is replaced, and the old one signs for another 24 hours', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const first = endpoint(await key.post('/webhooks', { url }))
  const second = endpoint(await key.post(`/webhooks/${first.id}/rotate-secret`))
  expect(second.secret).not.toBe(first.secret)
  const { secrets } = await world.database.prisma.webhookEndpoint.findUniqueOrThrow({
    where: { id: first.id },
  })
  const [newest, older] = openSecrets(createSealer(testKeys), first.id, secrets)
  expect(newest).toEqual({ secret: second.secret })
  expect(older?.secret).toBe(first.secret)
  const left = new Date(older?.expiresAt ?? 0).getTime() - world.clock.now().getTime()
  expect(left).toBeGreaterThan(23 * 3_600_000)
  expect(left).toBeLessThanOrEqual(24 * 3_600_000)
})

test('a forbidden address is rejected, on creation and on update', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const { id } = endpoint(await key.post('/webhooks', { url }))
  for (const address of [
    'http://1.1.1.1/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://user:secret@1.1.1.1/',
    'https://localhost/',
  ]) {
    const refused = problem('address-refused', 422)
    expect(await key.post('/webhooks', { url: address }), address).toMatchObject(refused)
    const changed = await key.patch(`/webhooks/${id}`, { url: address }, { 'if-match': '*' })
    expect(changed, address).toMatchObject(refused)
  }
  expect(await key.get('/webhooks')).toMatchObject({ body: { items: [{ id, url }] } })
})

test('a key of one territory can create and see nothing outside it', async () => {
  const world = await openWorld()
  const [all, own] = [await keyOf(world), await keyOf(world, { territories: ['oktyabrsky'] })]
  const wide = endpoint(await all.post('/webhooks', { url }))
  const near = endpoint(await own.post('/webhooks', { url }))
  expect(near.territories).toEqual(['oktyabrsky'])
  expect(await own.get('/webhooks')).toMatchObject({ body: { items: [{ id: near.id }] } })
  const nothing = await own.get(`/webhooks/${missing}`)
  const hidden = await own.get(`/webhooks/${wide.id}`)
  expect(hidden).toMatchObject({ status: 404, body: nothing.body })

  const beyond = { territories: ['oktyabrsky', 'leninsky'] }
  const refused = {
    status: 422,
    body: { type: '/api/problems/invalid-input', errors: [{ pointer: '#/territories/1' }] },
  }
  expect(await own.post('/webhooks', { url, ...beyond })).toMatchObject(refused)
  expect(await own.patch(`/webhooks/${near.id}`, beyond, { 'if-match': '*' })).toMatchObject(refused)
  expect(await all.post('/webhooks', { url, territories: ['atlantis'] })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/territories/0' }] },
  })
})

test('endpoints are paged, and deletions do not shift the pages', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const ids: string[] = []
  for (let made = 0; made < 5; made += 1) ids.push(endpoint(await key.post('/webhooks', { url })).id)
  const first = page(await key.get('/webhooks?limit=2'))
  expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  await key.delete(`/webhooks/${ids[1]}`)
  const second = page(await key.get(`/webhooks?limit=2&cursor=${first.nextCursor}`))
  expect(second.items.map(({ id }) => id)).toEqual(ids.slice(2, 4))
  const last = page(await key.get(`/webhooks?limit=2&cursor=${second.nextCursor}`))
  expect(last).toMatchObject({ items: [{ id: ids[4] }], nextCursor: null })
})

test('deliveries are listed with their attempts, and failed ones can be replayed', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const { id } = endpoint(await key.post('/webhooks', { url }))
  // Deliveries to a paused endpoint wait, so no call leaves this machine.
  await key.post(`/webhooks/${id}/pause`)
  const sent = await key.post(`/webhooks/${id}/test`)
  expect(sent).toMatchObject({ status: 202, body: { type: 'endpoint.test', status: 'held', attempts: 0 } })
  const [old, recent] = [await givenUp(world, id, 3), await givenUp(world, id, 1)]

  const list = page(await key.get(`/webhooks/${id}/deliveries?limit=2`))
  expect(list.items.map((one) => one.id)).toEqual([(sent.body as Delivery).id, recent])
  const next = page(await key.get(`/webhooks/${id}/deliveries?limit=2&cursor=${list.nextCursor}`))
  expect(next).toMatchObject({ items: [{ id: old }], nextCursor: null })
  expect(await key.get(`/webhooks/${id}/deliveries?status=held`)).toMatchObject({
    body: { items: [sent.body], nextCursor: null },
  })

  const seen = await key.get(`/webhooks/${id}/deliveries/${old}`)
  expect(seen.body).toMatchObject({
    id: old,
    status: 'failed',
    tries: [
      { durationMs: 12, status: 500, error: null, response: 'no' },
      { durationMs: 15_000, status: null, error: 'time-limit', response: null },
    ],
  })
  const again = await key.post(`/webhooks/${id}/deliveries/${old}/replay`)
  const { webhookId } = seen.body as Delivery
  expect(again).toMatchObject({ status: 202, body: { id: old, webhookId, status: 'held', attempts: 0 } })

  const since = new Date(world.clock.now().getTime() - 2 * 3_600_000).toISOString()
  expect(await key.post(`/webhooks/${id}/replay-failed`, { since })).toMatchObject({
    status: 202,
    body: { count: 1 },
  })
  expect(await key.get(`/webhooks/${id}/deliveries?status=failed`)).toMatchObject({ body: { items: [] } })
  expect(await key.post(`/webhooks/${id}/replay-failed`, { since: 'yesterday' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/since' }] },
  })
  expect(await key.get(`/webhooks/${id}/deliveries/${missing}`)).toMatchObject(problem('not-found', 404))
})

test('a repeated call creates one endpoint and returns the same secret', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const once = { 'idempotency-key': 'one' }
  const [first, second] = [
    await key.post('/webhooks', { url }, once),
    await key.post('/webhooks', { url }, once),
  ]
  expect(second).toMatchObject({ status: 201, body: first.body })
  expect(second.headers.get('etag')).toBe('"0"')
  expect(page(await key.get('/webhooks')).items).toHaveLength(1)
})

/** A delivery that failed after two attempts, some hours ago. */
const givenUp = async ({ clock, database: { prisma } }: World, endpointId: string, hours: number) => {
  const at = new Date(clock.now().getTime() - hours * 3_600_000)
  const event = await prisma.webhookEvent.create({ data: { type: 'endpoint.test', at, data: {} } })
  const id = randomUUID()
  const response = createSealer(testKeys).seal('no', `webhook_attempts.response.${id}`)
  await prisma.webhookDelivery.create({
    data: {
      id,
      endpointId,
      eventId: event.id,
      status: 'failed',
      attempts: 2,
      createdAt: at,
      endedAt: at,
      tries: {
        create: [
          { at, durationMs: 12, status: 500, response },
          { at, durationMs: 15_000, error: 'time-limit' },
        ],
      },
    },
  })
  return id
}
