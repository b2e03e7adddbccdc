import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { insertSurvey, retireSurvey } from '#storage/surveys/surveys.ts'
import type { Survey, When } from '#surveys/schema.ts'
import { openWithFamily } from '#test/support/family.ts'
import type { World } from '#test/support/world.ts'

const said = (text: string) => ({ ru: { adult: text } })
const survey = (code: string, when: When, audience: Survey['audience'] = 'everyone'): Survey => ({
  code,
  version: 1,
  when,
  audience,
  title: said('Опрос'),
  questions: [{ code: 'helped', since: 1, kind: 'yes-no', words: said('Помогло?') }],
})

const keep = ({ database, clock }: World, ...surveys: Survey[]) =>
  database.transaction(async (tx) => {
    for (const one of surveys) await insertSurvey(tx, { survey: one, publishedAt: clock.now() })
  })

/** Runs the daily and the minutely jobs now. */
const looks = async ({ database }: World, ...queues: ('survey-calendar' | 'survey-invitations')[]) => {
  const jobs = createJobs(database, createLog('silent'))
  await jobs.start()
  onTestFinished(() => jobs.stop())
  for (const queue of queues) {
    await database.transaction((tx) => jobs.enqueue(tx, queue, {}))
    const left = () =>
      database.prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = ${queue} AND state < 'completed' AND start_after <= now()`
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
  }
}

const invitations = async ({ database }: World, code: string) =>
  (
    await database.prisma.surveyInvitation.findMany({ where: { surveyCode: code }, orderBy: { key: 'asc' } })
  ).map(({ key, status }) => [key.split('.').slice(1, -1).join('.'), status])

test('surveys are sent once after a quarter of support, at its end, and a quarter later', async () => {
  // It starts in the afternoon, and the daily job runs in the morning.
  const { world, key, path, familyId, member } = await openWithFamily({ at: '2026-11-25T12:00:00Z' })
  await member('parent', 'Ольга')
  const quarter = survey('my-quarter', { on: 'period', months: 3 })
  await keep(
    world,
    quarter,
    survey('my-end', { on: 'end' }),
    survey('my-after', { on: 'after-end', months: 3 }),
  )

  world.clock.set('2027-02-24T07:00:00Z')
  await looks(world, 'survey-calendar')
  expect(await invitations(world, 'my-quarter')).toEqual([])
  world.clock.set('2027-02-25T07:00:00Z')
  await looks(world, 'survey-calendar')
  await looks(world, 'survey-calendar')
  expect(await invitations(world, 'my-quarter')).toEqual([[`${familyId}.1`, 'waiting']])
  world.clock.set('2027-05-26T09:00:00Z')
  await looks(world, 'survey-calendar')
  expect(await invitations(world, 'my-quarter')).toHaveLength(2)

  expect((await key.post(`${path}/transition`, { to: 'closed' })).status).toBe(200)
  expect(await invitations(world, 'my-end')).toEqual([[familyId, 'waiting']])
  world.clock.set('2027-08-26T07:00:00Z')
  await looks(world, 'survey-calendar')
  expect(await invitations(world, 'my-after')).toEqual([[familyId, 'waiting']])
  // Long after, no invitations are created, and expired ones are dropped.
  world.clock.set('2027-11-30T09:00:00Z')
  await looks(world, 'survey-calendar', 'survey-invitations')
  expect(await invitations(world, 'my-after')).toEqual([[familyId, 'dropped']])
})

test('a family that comes back is asked at its second end, too, and a quarter after it', async () => {
  const { world, key, path, familyId, member } = await openWithFamily()
  await member('parent', 'Ольга')
  await keep(world, survey('my-end', { on: 'end' }), survey('my-after', { on: 'after-end', months: 3 }))
  expect((await key.post(`${path}/transition`, { to: 'closed' })).status).toBe(200)
  world.clock.set('2027-01-20T07:00:00Z')
  const again = { appliedOn: '2027-01-19', acceptedOn: '2027-01-20' }
  expect(await key.post(`${path}/episodes`, again)).toMatchObject({ status: 201 })
  world.clock.set('2027-02-10T07:00:00Z')
  expect((await key.post(`${path}/transition`, { to: 'closed' })).status).toBe(200)
  const second = `${familyId}.2`
  expect((await invitations(world, 'my-end')).map(([which]) => which).toSorted()).toEqual([familyId, second])
  world.clock.set('2027-05-10T07:00:00Z')
  await looks(world, 'survey-calendar')
  await looks(world, 'survey-calendar')
  expect(await invitations(world, 'my-after')).toEqual([[second, 'waiting']])
})

test('a survey for adults or minors goes to them only, and a retired one to nobody', async () => {
  const { world, member } = await openWithFamily()
  await member('parent', 'Ольга')
  await member('minor', 'Даша')
  const months = { on: 'period', months: 1 } as const
  await keep(
    world,
    survey('for-adults', months, 'adults'),
    survey('for-minors', months, 'minors'),
    survey('gone', months),
  )
  await world.database.transaction((tx) => retireSurvey(tx, 'gone', world.clock.now()))
  world.clock.set('2026-12-25T09:00:00Z')
  await looks(world, 'survey-calendar')
  const asked = await world.database.prisma.surveyInvitation.findMany({
    where: { surveyCode: { in: ['for-adults', 'for-minors', 'gone'] } },
    orderBy: { surveyCode: 'asc' },
    include: { member: true },
  })
  expect(asked.map(({ surveyCode, minor, member }) => [surveyCode, minor, member.role])).toEqual([
    ['for-adults', false, 'parent'],
    ['for-minors', true, 'minor'],
  ])
})

test('a survey follows two hours after a visit that took place, and not after a missed one', async () => {
  const { world, key, path, curatorId, member } = await openWithFamily()
  await member('parent', 'Ольга')
  await member('minor', 'Даша')
  await keep(world, survey('my-visit', { on: 'visit' }))
  const planned = await key.post(`${path}/visits`, {
    staffId: curatorId,
    startsAt: '2026-11-25T08:00:00Z',
    minutes: 60,
    purpose: 'regular',
    audience: 'adults',
  })
  const { id } = planned.body as { id: string }
  world.clock.set('2026-11-25T08:30:00Z')
  const outcome = (status: 'done' | 'missed') => key.post(`${path}/visits/${id}/outcome`, { status })
  expect((await outcome('done')).status).toBe(200)
  const [asked, ...others] = await world.database.prisma.surveyInvitation.findMany({
    where: { surveyCode: 'my-visit' },
  })
  expect(others).toEqual([])
  expect(asked).toMatchObject({
    visitId: id,
    curatorId,
    minor: false,
    dueAt: new Date('2026-11-25T11:00:00Z'),
  })
  // A correction: nobody came.
  expect((await outcome('missed')).status).toBe(200)
  expect(await invitations(world, 'my-visit')).toEqual([[id, 'dropped']])
  // The correction was the mistake.
  expect((await outcome('done')).status).toBe(200)
  expect(await invitations(world, 'my-visit')).toEqual([[id, 'waiting']])
})
