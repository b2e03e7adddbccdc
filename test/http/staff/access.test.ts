import { expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { operatorOf } from '#test/support/operator.ts'
import { addressFor, openResults, visitor } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const day = 24 * 60 * 60 * 1000
const actionsOf = async ({ database }: World, action: string) =>
  database.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } })

test('a key ends a year after it was made, and every response to it says when', async () => {
  const world = await openWorld()
  const key = await keyOf(world, { scopes: ['requests:read'] })
  const answer = await key.get('/requests')
  expect(answer).toMatchObject({ status: 200 })
  const left = Date.parse(answer.headers.get('key-expires') ?? '') - world.clock.now().getTime()
  expect(Math.round(left / day)).toBe(365)
  world.clock.forward(366 * day)
  const late = await key.get('/requests')
  expect(late).toMatchObject({ status: 401 })
  expect(late.headers.get('key-expires')).toBeNull()
})

test('an instance of the version before creates a key without an end, and it ends all the same', async () => {
  const { database } = await openWorld()
  await database.prisma.$executeRaw`
    INSERT INTO api_keys (id, name, token_hash, scopes, territories, expires_at)
    VALUES (gen_random_uuid(), 'old', 'x', '{}', '{}', NULL)`
  const { createdAt, expiresAt } = await database.prisma.apiKey.findFirstOrThrow()
  expect(expiresAt.getTime() - createdAt.getTime()).toBe(365 * day)
})

test('supervisors of its territory are warned of a key that ends, once each time, and so is the log', async () => {
  const world = await openWorld({ noise: ['api-key.expiring'] })
  const [near, far] = [
    await world.staff('Елена', ['leninsky'], 'supervisor'),
    await world.staff('Нина', ['oktyabrsky'], 'supervisor'),
  ]
  const now = world.clock.now()
  const expiresAt = new Date(now.getTime() + 31 * day)
  const { key } = await world.database.transaction((tx) =>
    createKey(tx, { name: 'crm', scopes: ['requests:read'], territories: ['leninsky'], expiresAt, now }),
  )
  const operator = await operatorOf(world)
  const warned = () => near.messages().filter(({ text }) => text?.includes('Ключ «crm»')).length
  const expected = [0, 1, 1, 2, 3, 3]
  for (const [nth, days] of [0, 1, 10, 14, 5, 0.5].entries()) {
    world.clock.forward(days * day)
    await operator.runs('key-expiry', {}, 'access-alert')
    expect(warned(), `after check ${nth}`).toBe(expected[nth])
  }
  expect(near.messages().at(-1)?.text).toMatch(/действует до .*25 декабря.*Попросите администратора/s)
  expect(far.allText()).not.toContain('crm')
  expect(
    world.lines.filter((line) => line.includes('api-key.expiring') && line.includes(key.id)),
  ).toHaveLength(5)
  expect(await operator.command({ name: 'key-list' })).toEqual([
    expect.stringMatching(/\tuntil 2026-12-25\S+ \(in 1 day\)\t/),
  ])
})

test('bulk viewing raises one card an hour to a supervisor, which says who and how many, and nothing else', async () => {
  const { world, key, curatorId, supervisor, curator, another, path } = await openWithFamily({
    noise: ['access.bulk-viewing'],
  })
  const [second, operator] = [await another(), await operatorOf(world)]
  const check = () => operator.runs('bulk-viewing', {}, 'access-alert')
  const alerts = () => supervisor.messages().filter(({ text }) => text?.includes('больше обычного'))
  await operator.command({ name: 'access-limit', actorId: curatorId, perHour: 1 })
  await operator.command({ name: 'access-limit', actorId: key.keyId, perHour: 1 })

  // However often one family is opened, it is one.
  for (let times = 0; times < 3; times += 1) await curator.byHand(`-.f-names.${path.split('/').at(-1)}`)
  await check()
  expect(alerts()).toEqual([])
  await curator.byHand(`-.f-names.${second.split('/').at(-1)}`)
  await check()
  expect(alerts().map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Ирина \(куратор\): .* Семей и обращений: 2, обычно – до 1\.\n\nСпросите/s),
  ])
  expect(alerts()[0]?.text).not.toMatch(/№|Ольга|семья/)
  await check()
  expect(alerts()).toHaveLength(1)
  world.clock.forward(61 * 60_000)
  await check()
  expect(alerts()).toHaveLength(1)

  for (const one of [path, second]) await key.get(`${one}/details`)
  await check()
  expect(alerts().at(-1)?.text).toMatch(/^По ключу «test» за последний час .* Семей и обращений: 2/s)
  expect(curator.allText()).not.toContain('больше обычного')
  // The usual number of the role again.
  await operator.command({ name: 'access-limit', actorId: key.keyId, perHour: 'usual' })
  world.clock.forward(61 * 60_000)
  for (const one of [path, second]) await key.get(`${one}/details`)
  await check()
  expect(alerts()).toHaveLength(2)
  expect(await actionsOf(world, 'access.limit-changed')).toHaveLength(3)
})

test('a supervisor who opens too much is not asked about themselves', async () => {
  const { world, supervisor, path } = await openWithFamily({ noise: ['access.bulk-viewing'] })
  const other = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const operator = await operatorOf(world)
  const actorId = await staffIdOf(world, 'Елена')
  await operator.command({ name: 'access-limit', actorId, perHour: 1 })
  const family = path.split('/').at(-1)
  await supervisor.byHand(`-.f-names.${family}`)
  await world.database.prisma.auditEntry.create({
    data: { at: world.clock.now(), action: 'surveys.export', staffId: actorId },
  })
  await operator.runs('bulk-viewing', {}, 'access-alert')
  expect(other.messages().at(-1)?.text).toMatch(/^Елена \(руководитель\): .* Семей и обращений: 2/s)
  expect(supervisor.allText()).not.toContain('больше обычного')
})

test('one command lists whose data somebody opened since a moment, for operators and for keys; asking is audited', async () => {
  const { world, key, curator, curatorId, another, path } = await openWithFamily()
  const operator = await operatorOf(world)
  const second = await another()
  const ids = [path, second].map((one) => one.split('/').at(-1) ?? '')
  await curator.byHand(`-.f-names.${ids[0]}`)
  world.clock.forward(60_000)
  const since = world.clock.now().toISOString()
  for (const id of [...ids, ids[1]]) await curator.byHand(`-.f-names.${id}`)
  await key.get(`${path}/details`)

  const seen = await operator.command({ name: 'audit-seen', actorId: curatorId, since })
  expect(seen).toHaveLength(3)
  expect(seen.slice(1).map((line) => line.split('\t').slice(1, 4))).toEqual(
    expect.arrayContaining([
      [ids[0], 'family.details', '1 times'],
      [ids[1], 'family.details', '2 times'],
    ]),
  )
  await expect(operator.command({ name: 'audit-seen', actorId: ids[0] ?? '', since })).rejects.toThrow(
    'No staff member or key',
  )

  const reader = await keyOf(world, { scopes: ['audit:seen'], territories: ['leninsky'] })
  const foreign = await keyOf(world, { scopes: ['audit:seen'], territories: ['oktyabrsky'] })
  const query = `/audit/seen?by=${curatorId}&since=${encodeURIComponent(since)}`
  const first = await reader.get(`${query}&limit=1`)
  expect(first).toMatchObject({ status: 200, body: { items: [{ actions: ['family.details'] }] } })
  const { nextCursor, items } = first.body as { nextCursor: string; items: { familyId: string }[] }
  const next = await reader.get(`${query}&limit=1&cursor=${nextCursor}`)
  const rest = next.body as { nextCursor: null; items: { familyId: string }[] }
  expect([...items, ...rest.items].map(({ familyId }) => familyId).sort()).toEqual([...ids].sort())
  expect(rest.nextCursor).toBeNull()
  expect(await foreign.get(query)).toMatchObject({ status: 200, body: { items: [] } })
  expect(await reader.get(`/audit/seen?by=${key.keyId}&since=2026-01-01T00:00:00Z`)).toMatchObject({
    body: { items: [{ familyId: ids[0], times: 1 }] },
  })
  expect(await (await keyOf(world, { scopes: ['audit:read'] })).get(query)).toMatchObject({ status: 403 })
  const asked = await actionsOf(world, 'audit.seen')
  expect(asked.map(({ subjectId, apiKeyId }) => [subjectId, apiKeyId])).toEqual([
    [curatorId, null],
    [curatorId, reader.keyId],
    [curatorId, reader.keyId],
    [curatorId, foreign.keyId],
    [key.keyId, reader.keyId],
  ])
})

test('one command ends a staff member’s links, sessions and open card', async () => {
  const { world, supervisor, supervisorId: memberId, path } = await openResults()
  const operator = await operatorOf(world)
  const browser = visitor(world)
  await browser.post(new URL(await addressFor(world, memberId)).pathname)
  expect((await browser.get('/console/surveys')).status).toBe(200)
  const unused = new URL(await addressFor(world, memberId)).pathname
  await supervisor.byHand(`-.f-names.${path.split('/').at(-1)}`)
  const open = supervisor.card()?.message_id

  const said = await operator.command({ name: 'access-end', memberId })
  expect(said[0]).toBe(
    'Ended for this staff member: links 1, sessions of the console 1, passkeys 0, calendars 0',
  )
  await expect.poll(() => supervisor.card()?.message_id, { timeout: 30_000 }).not.toBe(open)
  expect((await browser.get('/console/surveys')).status).not.toBe(200)
  expect((await visitor(world).get(unused)).status).toBe(404)
  expect(world.telegram.chat(supervisor.id).some(({ message_id: id }) => id === open)).toBe(false)
  supervisor.sees('home')
  expect(await actionsOf(world, 'access.ended')).toMatchObject([{ subjectId: memberId, staffId: null }])
})

test('one command ends a family member’s calendar, links and open card; other members keep theirs', async () => {
  const { world, key, path, member } = await openWithFamily()
  const [olga, dasha] = [await member('parent', 'Ольга'), await member('minor', 'Даша')]
  const operator = await operatorOf(world)
  const { link } = (await key.post(`${path}/members/${olga.memberId}/link`, {})).body as { link: string }
  const personOf = async (memberId: string) =>
    (await world.database.prisma.familyMember.findUniqueOrThrow({ where: { id: memberId } })).personId ?? ''
  for (const one of [olga, dasha])
    await world.database.prisma.calendarLink.create({
      data: {
        personId: await personOf(one.memberId),
        tokenHash: one.memberId,
        createdAt: world.clock.now(),
      },
    })
  const open = olga.card()?.message_id
  const said = await operator.command({ name: 'access-end', memberId: olga.memberId })
  expect(said[0]).toBe('Ended for this family member: links 1, sessions of the console 0, calendars 1')
  await expect.poll(() => olga.card()?.message_id, { timeout: 30_000 }).not.toBe(open)
  olga.sees('home')
  const left = await world.database.prisma.calendarLink.findMany({ where: { revokedAt: null } })
  expect(left.map(({ tokenHash }) => tokenHash)).toEqual([dasha.memberId])
  const stranger = world.person()
  await stranger.start(new URL(link).searchParams.get('start') ?? '')
  expect(stranger.text()).not.toMatch(/Даю согласие|согласие на обработку/)
  await expect(
    operator.command({ name: 'access-end', memberId: '018f3a5e-0000-7000-8000-000000000000' }),
  ).rejects.toThrow('No staff or family member')
})
