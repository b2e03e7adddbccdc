import { describe, expect, test } from 'vitest'
import { revokeKey } from '#features/staff/api-keys.ts'
import { type Scope, scopes } from '#features/staff/api-scopes.ts'
import { eventScopes, eventTypes, scopesToHear } from '#features/webhooks/event-scopes.ts'
import { type ApiAnswer, type ApiClient, keyOf } from '#test/support/api.ts'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { documentOf } from '#test/support/openapi.ts'
import { openReceiver, type Receiver } from '#test/support/receiver.ts'
import { openWorld } from '#test/support/world.ts'

const idOf = (answer: ApiAnswer) => (answer.body as { id: string }).id
const url = 'https://1.1.1.1/ryadom'
const scopeMissing = { status: 403, body: { type: '/api/problems/scope-missing' } }

/** A receiver whose endpoint was made by a key with `webhooks:write` and these scopes. */
const listen = async ({ world }: FamilyWorld, held: readonly Scope[]) => {
  const receiver = await openReceiver()
  const key = await keyOf(world, { scopes: ['webhooks:read', 'webhooks:write', ...held] })
  const made = await key.post('/webhooks', { url: receiver.url })
  expect(made).toMatchObject({ status: 201 })
  return { receiver, key, id: idOf(made) }
}

const heard = ({ events }: Receiver) => events().map(({ type }) => type)

let hour = 0
const planVisit = async ({ key, path, curatorId }: FamilyWorld) => {
  hour += 1
  const startsAt = new Date(Date.UTC(2026, 11, 3, hour)).toISOString()
  const body = { staffId: curatorId, startsAt, minutes: 30, purpose: 'regular', audience: 'family' }
  expect(await key.post(`${path}/visits`, body)).toMatchObject({ status: 201 })
}

describe('an endpoint', () => {
  test('hears only what its key may read: with webhooks:write alone nothing', async () => {
    const family = await openWithFamily({ allowLoopback: true })
    const blind = await listen(family, [])
    const visiting = await listen(family, ['visits:read'])
    const reading = await listen(family, ['messages:read'])
    const all = await listen(family, scopes)
    const olga = await family.member('parent', 'Ольга')
    await planVisit(family)
    await olga.play([
      ['/messages', 'messages'],
      [{ words: 'Можно перенести встречу?' }, /Отправлено/],
    ])
    await expect.poll(() => heard(all.receiver)).toContain('message.received')
    await expect.poll(() => heard(all.receiver)).toContain('visit.created')
    await expect.poll(() => heard(visiting.receiver)).toEqual(['visit.created'])
    await expect.poll(() => heard(reading.receiver)).toContain('message.received')
    expect(heard(reading.receiver).every((type) => type.startsWith('message.'))).toBe(true)
    expect(heard(blind.receiver)).toEqual([])
    expect((await blind.key.get(`/webhooks/${blind.id}/deliveries`)).body).toMatchObject({ items: [] })
  })

  test('says which of its types are silenced, and follows its key', async () => {
    const of = await openWorld()
    const { database, clock } = of
    const key = await keyOf(of, { scopes: ['webhooks:read', 'webhooks:write', 'visits:read', 'plans:read'] })
    const some = idOf(await key.post('/webhooks', { url, events: ['visit.created', 'plan.published'] }))
    const all = idOf(await key.post('/webhooks', { url }))
    const watcher = await keyOf(of, { scopes: ['webhooks:read'] })
    const silenced = async (id: string) =>
      ((await watcher.get(`/webhooks/${id}`)).body as { silenced: string[] }).silenced
    expect(await silenced(some)).toEqual([])
    expect(await silenced(all)).toEqual(
      eventTypes.filter((type) => !['visits:read', 'plans:read'].includes(eventScopes[type])),
    )
    await database.prisma.apiKey.update({
      where: { id: key.keyId },
      data: { scopes: ['webhooks:read', 'webhooks:write', 'plans:read'] },
    })
    expect(await silenced(some)).toEqual(['visit.created'])
    await database.prisma.apiKey.update({ where: { id: key.keyId }, data: { expiresAt: clock.now() } })
    expect(await silenced(some)).toEqual(['plan.published', 'visit.created'])
    const listed = (await watcher.get('/webhooks')).body as { items: { id: string; silenced: string[] }[] }
    expect(listed.items.map(({ id, silenced: types }) => [id, types.length])).toEqual([
      [some, 2],
      [all, eventTypes.length],
    ])
  })

  test('loses them when its key loses the scope, those on their way included', async () => {
    const family = await openWithFamily({ allowLoopback: true })
    const { receiver, key, id } = await listen(family, ['visits:read'])
    await planVisit(family)
    await expect.poll(() => heard(receiver)).toEqual(['visit.created'])
    // One that could not be delivered yet is on its way.
    receiver.answer = (response) => response.writeHead(500).end()
    await planVisit(family)
    await expect.poll(() => receiver.received.length).toBe(2)
    const { prisma } = family.world.database
    await prisma.apiKey.update({
      where: { id: key.keyId },
      data: { scopes: ['webhooks:read', 'webhooks:write'] },
    })
    receiver.answer = (response) => response.writeHead(204).end()
    family.world.clock.forward(60_000)
    await prisma.$executeRaw`
      UPDATE pgboss.job SET start_after = now() WHERE name = 'webhook-delivery' AND state IN ('created', 'retry')`
    const statuses = async () =>
      ((await key.get(`/webhooks/${id}/deliveries`)).body as { items: { status: string }[] }).items.map(
        ({ status }) => status,
      )
    await expect.poll(statuses, { timeout: 15_000 }).toEqual(['failed', 'delivered'])
    await planVisit(family)
    expect(await statuses()).toEqual(['failed', 'delivered'])
    expect(receiver.received).toHaveLength(2)
  })

  test('of a revoked or expired key sends nothing; whoever resumes it hears what their own key may', async () => {
    const family = await openWithFamily({ allowLoopback: true })
    const { world } = family
    const revoked = await listen(family, ['visits:read'])
    const expired = await listen(family, ['visits:read'])
    const { prisma } = world.database
    await world.database.transaction((tx) => revokeKey(tx, revoked.key.keyId, world.clock.now()))
    await prisma.apiKey.update({ where: { id: expired.key.keyId }, data: { expiresAt: world.clock.now() } })
    await planVisit(family)
    await family.member('parent', 'Ольга')
    const stored = await prisma.webhookDelivery.findMany()
    expect(stored.map(({ status }) => status)).toEqual(['held', 'held'])

    // Nothing that happened meanwhile is lost to a key that may read it, and nothing goes to one that may not.
    const entitled = await keyOf(world, { scopes: ['webhooks:write', 'visits:read', 'families:read'] })
    const blind = await keyOf(world, { scopes: ['webhooks:write'] })
    expect(await entitled.post(`/webhooks/${revoked.id}/resume`)).toMatchObject({
      body: { status: 'active', apiKeyId: entitled.keyId },
    })
    expect(await blind.post(`/webhooks/${expired.id}/resume`)).toMatchObject({
      body: { apiKeyId: blind.keyId },
    })
    await expect.poll(() => heard(revoked.receiver)).toEqual(['visit.created'])
    const ended = async () => (await prisma.webhookDelivery.findMany()).map(({ status }) => status).sort()
    await expect.poll(ended, { timeout: 15_000 }).toEqual(['delivered', 'failed'])
    expect(expired.receiver.received).toEqual([])
  })

  test('belongs to the key that changed it last: a poorer key cannot send a richer one’s events elsewhere', async () => {
    const family = await openWithFamily({ allowLoopback: true })
    const { world } = family
    const { id, receiver } = await listen(family, ['visits:read'])
    const blind = await keyOf(world, { scopes: ['webhooks:write'] })
    const elsewhere = await openReceiver()
    const moved = await blind.patch(`/webhooks/${id}`, { url: elsewhere.url }, { 'if-match': '*' })
    expect(moved).toMatchObject({ status: 200, body: { apiKeyId: blind.keyId } })
    await planVisit(family)
    expect([...heard(receiver), ...heard(elsewhere)]).toEqual([])
    expect(await world.database.prisma.webhookDelivery.count()).toBe(0)
  })
})

test('a type that the key can never hear cannot be subscribed to', async () => {
  const world = await openWorld()
  const poor: ApiClient = await keyOf(world, { scopes: ['webhooks:write', 'requests:read'] })
  const make = (events: string[]) => poor.post('/webhooks', { url, events })
  expect(await make(['visit.created'])).toMatchObject(scopeMissing)
  expect(await make(['request.submitted', 'survey.low_score'])).toMatchObject(scopeMissing)
  // The family's lines of a request are part of its history.
  const made = await make(['request.submitted', 'message.received'])
  expect(made).toMatchObject({ status: 201 })
  const path = `/webhooks/${idOf(made)}`
  expect(await poor.patch(path, { events: ['visit.moved'] }, { 'if-match': '*' })).toMatchObject(scopeMissing)
  const other = await keyOf(world, { scopes: ['webhooks:write'] })
  expect(await other.patch(path, { territories: ['leninsky'] }, { 'if-match': '*' })).toMatchObject(
    scopeMissing,
  )
})

test('the document names the scope of every event', async () => {
  const document = await documentOf(await openWorld())
  const webhooks = (document as unknown as { webhooks?: Record<string, { post: { description: string } }> })
    .webhooks
  expect(Object.keys(webhooks ?? {}).sort()).toEqual([...eventTypes].sort())
  for (const type of eventTypes) {
    expect(scopes).toContain(eventScopes[type])
    for (const scope of scopesToHear(type))
      expect(webhooks?.[type]?.post.description).toContain(`\`${scope}\``)
  }
})
