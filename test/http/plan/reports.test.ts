import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'

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
  const counted = { territory: 'leninsky', cancelled: 0, denied: 0, accounted: true }
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

  const elsewhere = await keyOf(world, { scopes: ['reports:read'], territories: ['oktyabrsky'] })
  for (const more of ['', '&territory=leninsky'])
    expect((await elsewhere.get(`/reports/activities?from=2026-01-01&until=2027-12-31${more}`)).body).toEqual(
      {
        items: [],
      },
    )
  expect(await key.get('/reports/activities?from=2026-12-31&until=2026-01-01')).toMatchObject({ status: 422 })
})
