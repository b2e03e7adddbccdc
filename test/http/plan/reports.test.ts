import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openWorld } from '#test/support/world.ts'

const activity = (code: string, kind: string, on: string) => ({
  code,
  title: `Мероприятие ${code}`,
  plain: 'Встреча',
  kind,
  responsible: 'Ирина',
  when: { kind: 'once', on },
  audience: 'family',
})

const plan = {
  level: 'crisis',
  from: '2026-11-25',
  until: '2027-05-20',
  goal: 'Дома спокойно',
  tasks: ['Разговаривать'],
  results: ['Меньше ссор'],
  activities: [
    activity('1', 'psychological', '2026-11-26'),
    activity('2', 'psychological', '2026-12-10'),
    activity('3', 'legal', '2027-01-15'),
    activity('4', 'pedagogical', '2027-03-01'),
  ],
}

test('activities are counted by kind of help and status, in every period that overlaps their days', async () => {
  const { world, key, path } = await openWithFamily()
  expect(await key.call('PUT', `${path}/plan`, { body: plan, headers: { 'if-match': '*' } })).toMatchObject({
    status: 200,
  })
  await world.database.prisma.activity.updateMany({ where: { code: '1' }, data: { status: 'done' } })
  // Two members deny a day that staff confirmed: one activity is denied.
  const { id: activityId } = await world.database.prisma.activity.findFirstOrThrow({ where: { code: '1' } })
  const word = { activityId, on: new Date('2026-11-26T00:00:00Z'), at: world.clock.now() }
  for (const author of ['staff', 'one', 'another'])
    await world.database.prisma.activityMark.create({
      data: { ...word, author, happened: author === 'staff' },
    })

  const quarter = await key.get('/reports/activities?from=2026-10-01&until=2026-12-31')
  const counted = { territory: 'leninsky', cancelled: 0, denied: 0, accounted: true, hidden: [] }
  expect(quarter).toMatchObject({
    status: 200,
    body: { items: [{ ...counted, kind: 'psychological', planned: 1, done: 1, denied: 1 }] },
  })
  const year = await key.get('/reports/activities?from=2026-01-01&until=2027-12-31&territory=leninsky')
  expect(year.body).toEqual({
    items: [
      { ...counted, kind: 'legal', planned: 1, done: 0 },
      // 6.24 names four kinds; the pedagogical stands beside them.
      { ...counted, kind: 'pedagogical', planned: 1, done: 0, accounted: false },
      { ...counted, kind: 'psychological', planned: 1, done: 1, denied: 1 },
    ],
  })
  const december = await key.get('/reports/activities?from=2026-12-01&until=2026-12-31')
  expect(december.body).toEqual({ items: [{ ...counted, kind: 'psychological', planned: 1, done: 0 }] })

  const elsewhere = await keyOf(world, {
    scopes: ['reports:read', 'families:read', 'plans:read'],
    territories: ['oktyabrsky'],
  })
  for (const more of ['', '&territory=leninsky'])
    expect((await elsewhere.get(`/reports/activities?from=2026-01-01&until=2027-12-31${more}`)).body).toEqual(
      {
        items: [],
      },
    )
  expect(await key.get('/reports/activities?from=2026-12-31&until=2026-01-01')).toMatchObject({ status: 422 })
})

test('who may not read the plans of families sees no small figure, none that tells one, and no running quarter', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z' })
  const { prisma } = world.database
  const of = async (territory: string, kind: string, families: number) => {
    for (let nth = 0; nth < families; nth += 1) {
      const family = {
        region: 'stavropol',
        territory,
        level: 'basic',
        stage: 'activities',
        safetyCopied: true,
      }
      const { id: familyId } = await prisma.family.create({
        data: { id: randomUUID(), ...family, appliedAt: world.clock.now(), createdAt: world.clock.now() },
      })
      const day = new Date('2026-11-26T00:00:00Z')
      const dates = { firstOn: day, lastOn: day, addedIn: 1 }
      await prisma.activity.create({ data: { familyId, code: 'a', kind, audience: 'family', ...dates } })
    }
  }
  // Legal help: seven and two; the sum of nine is in the register. Social: six, five and eight. Medical: three alone.
  await of('leninsky', 'legal', 7)
  await of('oktyabrsky', 'legal', 2)
  await of('leninsky', 'social', 6)
  await of('oktyabrsky', 'social', 5)
  await of('leninsky', 'medical', 3)
  await of('promyshlenny', 'psychological', 2)
  await of('leninsky', 'psychological', 5)
  await of('oktyabrsky', 'psychological', 9)

  const counter = await keyOf(world, { scopes: ['reports:read'] })
  const asked = '/reports/activities?from=2026-10-01&until=2026-12-31'
  expect(await counter.get(asked)).toMatchObject({ status: 422 })
  world.clock.set('2027-01-11T07:00:00Z')
  for (const bad of [
    'from=2026-10-01&until=2026-11-30',
    'from=2026-01-01&until=2026-12-31',
    'from=2026-10-02&until=2026-12-31',
  ])
    expect(await counter.get(`/reports/activities?${bad}`), bad).toMatchObject({ status: 422 })
  const planned = async (query: string, key = counter) => {
    const { items } = (await key.get(query)).body as {
      items: { territory: string; kind: string; planned: number | null; hidden: string[] }[]
    }
    for (const item of items) expect(item.hidden.includes('planned')).toBe(item.planned === null)
    return Object.fromEntries(items.map((item) => [`${item.kind} ${item.territory}`, item.planned]))
  }
  const shown = {
    // The seven would tell the two beside the register's nine.
    ...{ 'legal leninsky': null, 'legal oktyabrsky': null },
    ...{ 'social leninsky': 6, 'social oktyabrsky': 5 },
    'medical leninsky': null,
    // The smallest of the others goes with the two.
    ...{ 'psychological promyshlenny': null, 'psychological leninsky': null, 'psychological oktyabrsky': 9 },
  }
  expect(await planned(asked)).toEqual(shown)
  // One territory asked for by itself tells no more.
  expect(await planned(`${asked}&territory=leninsky`)).toEqual(
    Object.fromEntries(Object.entries(shown).filter(([name]) => name.endsWith(' leninsky'))),
  )
  const reader = await keyOf(world, { scopes: ['reports:read', 'families:read', 'plans:read'] })
  expect(await planned(asked, reader)).toMatchObject({ 'legal oktyabrsky': 2, 'medical leninsky': 3 })
})
