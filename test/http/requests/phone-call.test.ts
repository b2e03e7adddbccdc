import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openOffice } from '#test/support/office.ts'
import { openWithRequest, problem, staffIdOf, paper } from '#test/support/submitted.ts'
import { timePasses } from '#test/support/waiting.ts'

test('a phone call noted by the centre’s system keeps the promise, as one noted in the bot does, and is audited', async () => {
  const { world, key, anna, olga, path } = await openWithRequest()
  const office = await openOffice(world)
  const staffId = await staffIdOf(world, 'Анна')
  // Nobody has it, so nobody can have called.
  expect(await key.post(`${path}/called`, {})).toMatchObject(problem('not-allowed', 409))
  expect(await key.post(`${path}/called`, { said: 'всё' })).toMatchObject({ status: 422 })
  await key.post(`${path}/claim`, { staffId })
  await olga.play([['/status', /Ответит/]])
  const called = await key.post(`${path}/called`, {})
  expect(called).toMatchObject({ status: 200, body: { status: 'claimed' } })
  const { history } = called.body as { history: { kind: string; staff: unknown; apiKeyId: string | null }[] }
  expect(history.at(-1)).toMatchObject({ kind: 'called', staff: { name: 'Анна' }, apiKeyId: key.keyId })
  const { prisma } = world.database
  expect(await prisma.auditEntry.findMany({ where: { action: 'request.called' } })).toMatchObject([
    { apiKeyId: key.keyId, staffId: null, requestId: path.slice('/requests/'.length) },
  ])
  expect(await prisma.readingPromise.findMany({ where: { endedAt: null } })).toEqual([])
  await olga.play([['/status', /занимается Анна/]])
  expect(olga.text()).not.toMatch(/Ответит/)
  const before = olga.messages().length
  await timePasses(world, office, new Date(world.clock.now().getTime() + 5 * 24 * 60 * 60_000).toISOString())
  expect(olga.messages()).toHaveLength(before)
  expect(anna.allText()).not.toMatch(/Мы опаздываем/)
})

test('it needs `requests:write` in the request’s territory, the current revision, and an open request', async () => {
  const { world, key, path } = await openWithRequest()
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const reads = await keyOf(world, { scopes: ['requests:read', 'messages:write'] })
  expect(await reads.post(`${path}/called`, {})).toMatchObject({ status: 403 })
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await elsewhere.post(`${path}/called`, {})).toMatchObject({ status: 404 })
  await key.post(`${path}/withdraw`, paper)
  expect(await key.post(`${path}/called`, {})).toMatchObject(problem('already-closed', 409))
})
