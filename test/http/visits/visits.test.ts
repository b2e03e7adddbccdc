import { expect, test } from 'vitest'
import { openDoorCode } from '#features/visits/visit-content.ts'
import { createSealer } from '#storage/seal.ts'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { ordinary, planVisit, startsAt, told, type VisitBody } from '#test/support/visits.ts'
import { testKeys } from '#test/support/world.ts'

type Page = {
  items: { id: string; overlaps: { visits: unknown[]; elsewhere: number } }[]
  nextCursor: string
}

test('an invalid visit is rejected with the field, and nothing is stored partially', async () => {
  const family = await openWithFamily()
  const { world, key, path } = family
  const { prisma } = world.database
  const other = await family.another()
  const theirs = await key.post(`${other}/members`, { role: 'minor', name: 'Саша' })
  const stranger = (theirs.body as { member: { id: string } }).member.id
  const idle = await prisma.staffMember.create({
    data: { name: 'Вера', role: 'curator', territories: ['leninsky'], active: false },
  })
  const wrong: [given: object, pointer: string][] = [
    [{ startsAt: '2026-11-25T06:59:00Z' }, '#/startsAt'],
    [{ startsAt: '2029-11-25T07:00:00Z' }, '#/startsAt'],
    [{ startsAt: '2026-12-02' }, '#/startsAt'],
    [{ startsAt: '2027-02-29T07:00:00Z' }, '#/startsAt'],
    [{ minutes: 14 }, '#/minutes'],
    [{ minutes: -60 }, '#/minutes'],
    [{ minutes: 481 }, '#/minutes'],
    [{ purpose: 'party' }, '#/purpose'],
    [{ audience: 'minors', memberIds: [stranger] }, '#/memberIds/0'],
    [{ memberIds: [stranger] }, '#/memberIds'],
    [{ staffId: idle.id }, '#/staffId'],
    [{ place: '\u200b' }, '#/place'],
    [{ doorCode: '1234' }, '#/doorCode'],
  ]
  for (const [given, pointer] of wrong) {
    const answer = await key.post(`${path}/visits`, { ...ordinary, ...given })
    expect([given, answer.status, answer.body]).toMatchObject([given, 422, { errors: [{ pointer }] }])
  }
  const { startsAt: _, ...series } = ordinary
  const dates = ['2026-12-02T12:00:00Z', '2026-12-09T12:00:00Z', '2026-11-02T12:00:00Z']
  expect(await key.post(`${path}/visit-series`, { ...series, dates })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/dates/2' }] },
  })
  const twice = { ...series, dates: [startsAt, startsAt] }
  expect((await key.post(`${path}/visit-series`, twice)).status).toBe(422)
  expect(await prisma.visit.count()).toBe(0)
  expect(await prisma.push.count()).toBe(0)

  await prisma.family.update({ where: { id: family.familyId }, data: { curatorId: null } })
  expect(await key.post(`${path}/visits`, ordinary)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/staffId' }] },
  })
  await prisma.family.update({ where: { id: family.familyId }, data: { status: 'closed' } })
  const { curatorId: staffId } = family
  expect((await key.post(`${path}/visits`, { ...ordinary, staffId })).status).toBe(409)
})

test('a visit is planned, moved, described, overlapped and closed, each revision with its ETag', async () => {
  const family = await openWithFamily()
  const { world, key, path } = family
  const other = await family.another()
  const visit = await planVisit(family, { minutes: 90 })
  const far = await key.post(`${other}/visits`, { ...ordinary, startsAt: '2026-12-02T13:00:00Z' })
  expect(far.body).toMatchObject({ overlaps: { visits: [{ id: visit.id }], elsewhere: 0 } })
  const after = await key.post(`${other}/visits`, {
    ...ordinary,
    startsAt: '2026-12-02T13:30:00Z',
    minutes: 15,
  })
  expect(after.body).toMatchObject({ overlaps: { visits: [{ id: (far.body as VisitBody).id }] } })

  // A key without access to the other family sees that there is an overlap, but not with whom.
  await world.database.prisma.family.update({
    where: { id: other.slice('/families/'.length) },
    data: { territory: 'oktyabrsky' },
  })
  const near = await keyOf(world, { territories: ['leninsky'] })
  expect((await near.get(visit.path)).body).toMatchObject({ overlaps: { visits: [], elsewhere: 1 } })
  expect((await near.get(`${other}/visits`)).status).toBe(404)

  const tag = { 'if-match': '"0"' }
  expect((await key.patch(visit.path, { minutes: 30 })).status).toBe(428)
  const described = await key.patch(visit.path, { place: 'Центр', note: null }, tag)
  expect(described).toMatchObject({ status: 200, body: { place: 'Центр', version: 0, revision: 1 } })
  expect((await key.patch(visit.path, { minutes: 30 }, tag)).status).toBe(412)
  const moved = await key.patch(visit.path, { minutes: 30 }, { 'if-match': '"1"' })
  expect(moved.body).toMatchObject({
    version: 1,
    endsAt: '2026-12-02T12:30:00.000Z',
    overlaps: { visits: [] },
  })
  expect(moved.headers.get('etag')).toBe('"2"')
  // A move to the same time has no effect.
  const still = await key.patch(visit.path, { minutes: 30 }, { 'if-match': '"2"' })
  expect(still.body).toMatchObject({ version: 1, revision: 2 })

  expect(await key.post(`${visit.path}/outcome`, { status: 'done' })).toMatchObject({ status: 409 })
  world.clock.set('2026-12-02T12:40:00Z')
  expect(await key.post(`${visit.path}/outcome`, { status: 'missed' })).toMatchObject({ status: 200 })
  expect(await key.post(`${visit.path}/outcome`, { status: 'done' })).toMatchObject({
    body: { status: 'done' },
  })
  expect(await key.post(`${visit.path}/cancel`, {})).toMatchObject({ status: 409 })
  expect(await key.patch(visit.path, { minutes: 60 }, { 'if-match': '*' })).toMatchObject({ status: 409 })

  const audited = await world.database.prisma.auditEntry.count({ where: { action: 'family.visits' } })
  await key.get(`${path}/visits`)
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.visits' } })).toBe(audited)
  await key.get(visit.path)
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.visits' } })).toBe(
    audited + 1,
  )
})

test('dates follow the level; a series is planned at once and announced once', async () => {
  const family = await openWithFamily()
  const { world, key, path } = family
  const olga = await family.member('parent', 'Ольга')
  const found = await key.get(`${path}/visit-dates?count=7&anchor=2026-12-02T12:00:00Z`)
  const { dates } = found.body as { dates: string[] }
  expect(found.body).toMatchObject({ level: 'crisis', cadence: { atMost: 1, per: 'week', clause: '6.18' } })
  expect(dates.map((date) => date.slice(0, 16))).toEqual([
    '2026-12-02T12:00',
    '2026-12-09T12:00',
    '2026-12-16T12:00',
    '2026-12-23T12:00',
    '2026-12-30T12:00',
    '2027-01-13T12:00',
    '2027-01-20T12:00',
  ])
  const { startsAt: _, ...series } = ordinary
  const head = { 'idempotency-key': 'series-1' }
  const made = await key.post(`${path}/visit-series`, { ...series, dates }, head)
  expect(made.status).toBe(201)
  expect((await key.post(`${path}/visit-series`, { ...series, dates }, head)).body).toEqual(made.body)
  expect(await world.database.prisma.visit.count()).toBe(7)
  await told(olga, /Новая встреча: в среду, 2 декабря/)
  expect(await world.database.prisma.push.count()).toBe(1)
  // Without an anchor it continues after the last visit.
  const next = await key.get(`${path}/visit-dates?count=1`)
  expect((next.body as { dates: string[] }).dates).toEqual(['2027-01-27T12:00:00.000Z'])
  expect((await key.get(`${path}/visit-dates?count=61`)).status).toBe(422)

  const first = (await key.get(`${path}/visits?limit=5`)).body as Page
  const rest = (await key.get(`${path}/visits?limit=5&cursor=${first.nextCursor}`)).body as Page
  expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([5, 2, null])
  const part = await key.get(
    `${path}/visits?since=2026-12-09T12:00:00Z&until=2026-12-23T12:00:00Z&status=planned`,
  )
  expect((part.body as Page).items).toHaveLength(2)
  await olga.play([
    ['/visits', /В среду, 2 декабря/],
    ['Следующие ›', /В среду, 13 января 2027, в 15:00/],
  ])
})

test('the door code is in no push, webhook, log line or response, and changes with each move', async () => {
  const family = await openWithFamily({ allowLoopback: true })
  const { world, key, path, curator, supervisor } = family
  const receiver = await openReceiver()
  expect((await key.post('/webhooks', { url: receiver.url })).status).toBe(201)
  const olga = await family.member('parent', 'Ольга')
  const sealer = createSealer(testKeys)
  const codes: string[] = []
  const note = async (id: string) => {
    const row = await world.database.prisma.visit.findUniqueOrThrow({ where: { id } })
    expect(row.doorCode).toMatch(/^v2\./)
    codes.push(openDoorCode(sealer, row))
  }
  const visit = await planVisit(family, { place: 'Дом' })
  await note(visit.id)
  const answers = [JSON.stringify(visit)]
  for (const hour of [13, 14, 15]) {
    const to = { startsAt: `2026-12-02T${hour}:00:00Z` }
    const moved = await key.patch(visit.path, to, { 'if-match': '*' })
    answers.push(JSON.stringify(moved.body))
    await note(visit.id)
  }
  for (const [index, code] of codes.entries()) expect(code).not.toBe(codes[index - 1])
  await told(olga, /Новое время: в среду, 2 декабря, в 18:00/)
  const pushes = olga.allText()
  await olga.play([
    ['/visits', 'visits'],
    ['2 декабря, 18:00', /Код у двери: \d{4}/],
    ['Подтверждаю', 'visit'],
  ])
  await told(curator, /: ответ о визите/)
  world.clock.set('2026-12-02T15:01:00Z')
  await olga.play([
    ['/visits', 'visits'],
    ['2 декабря, 18:00', 'visit'],
    ['Код не назвали', 'visit-door'],
  ])
  await told(supervisor, /Срочно/)
  for (const route of [visit.path, `${path}/visits`, path, '/audit'])
    answers.push(JSON.stringify((await key.get(route)).body))
  await expect.poll(() => receiver.events().map(({ type }) => type)).toContain('visit.code_refused')
  const types = receiver.events().map(({ type }) => type)
  for (const type of ['visit.created', 'visit.moved', 'visit.confirmed']) expect(types).toContain(type)
  expect(receiver.events().find(({ type }) => type === 'visit.created')?.data).toMatchObject({
    visitId: visit.id,
    visitVersion: 0,
    familyId: family.familyId,
  })

  const outgoing = {
    pushes,
    staff: curator.allText() + supervisor.allText(),
    webhooks: receiver.received.map(({ body }) => body).join('\n'),
    answers: answers.join('\n'),
    log: world.lines.join('\n'),
    jobs: JSON.stringify(await world.database.prisma.$queryRaw`SELECT data FROM pgboss.job`),
  }
  for (const code of codes) {
    // As a separate value: an id or a time can contain the same four digits.
    const alone = new RegExp(`(?<![\\w.:-])${code}(?![\\w.:-])`)
    for (const [where, words] of Object.entries(outgoing))
      expect([where, alone.test(words)]).toEqual([where, false])
  }
})
