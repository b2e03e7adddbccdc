import { expect, test } from 'vitest'
import { clientOf, keyOf } from '../support/api.ts'
import { openWorld } from '../support/world.ts'

const problem = (code: string, status: number) =>
  expect.objectContaining({ type: `/api/problems/${code}`, status })

test('denies by default: a missing, unknown, expired or revoked key, and one without the scope', async () => {
  const world = await openWorld()
  const url = () => world.app().url
  const expired = await keyOf(world, { expiresAt: new Date(world.clock.now().getTime() - 1) })
  const nosy = await keyOf(world, { scopes: ['staff:read'] })
  const revoked = await keyOf(world)
  await world.database.prisma.apiKey.update({
    where: { id: revoked.keyId },
    data: { revokedAt: world.clock.now() },
  })
  for (const stranger of [clientOf(url, undefined), clientOf(url, 'ryadom_wrong'), expired, revoked]) {
    for (const path of ['/audit', '/no-such-thing']) {
      const answer = await stranger.get(path)
      expect(answer).toMatchObject({ status: 401, body: problem('unauthenticated', 401) })
      expect(answer.headers.get('content-type')).toMatch('application/problem+json')
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
  }
  expect(await nosy.get('/audit')).toMatchObject({ status: 403, body: problem('scope-missing', 403) })
  const friend = await keyOf(world, { scopes: ['audit:read'] })
  expect(await friend.get('/audit')).toMatchObject({ status: 200, body: { nextCursor: null } })
  expect(await friend.get('/no-such-thing')).toMatchObject({ status: 404, body: problem('not-found', 404) })
})

test('names invalid parameters and rejects unknown ones', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  expect(await key.get('/audit?limit=201&colour=red')).toMatchObject({
    status: 422,
    body: {
      type: '/api/problems/invalid-input',
      errors: [{ parameter: 'limit' }, { parameter: 'colour', detail: 'unknown field' }],
    },
  })
  expect(await key.get('/audit?cursor=abc')).toMatchObject({
    status: 422,
    body: { errors: [{ parameter: 'cursor' }] },
  })
})

test('limits the calls of each key separately and reports how many are left', async () => {
  const world = await openWorld({ api: { perMinute: 3 } })
  const [key, other] = [await keyOf(world), await keyOf(world)]
  const first = await key.get('/audit')
  expect(first.headers.get('ratelimit-limit')).toBe('3')
  expect(first.headers.get('ratelimit-remaining')).toBe('2')
  await key.get('/audit')
  await key.get('/audit')
  const refused = await key.get('/audit')
  expect(refused).toMatchObject({ status: 429, body: problem('too-many-requests', 429) })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await other.get('/audit')).status).toBe(200)
})

test('the document and its page need no key, and every problem is described', async () => {
  const world = await openWorld()
  const get = async (path: string) => (await fetch(new URL(path, world.app().url))).text()
  const document = JSON.parse(await get('/api/openapi.json'))
  expect(document).toMatchObject({
    openapi: '3.1.0',
    paths: { '/api/v1/audit': { get: { operationId: 'listAudit' } } },
  })
  expect(await get('/api/docs/')).toMatch(/openapi\.json/)
  expect(JSON.parse(await get('/api/problems/stale'))).toMatchObject({ status: 412 })
})
