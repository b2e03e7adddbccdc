import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { problem } from '#test/support/submitted.ts'
import { workPasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

type Case = {
  stage: string
  noTerm: string | null
  episodes: object[]
  events: { id: string; kind: string; on: string; implied: boolean; void: boolean; corrects: string | null }[]
  terms: { id: string; code: string; dueOn: string; state: string; metOn: string | null }[]
}

const caseOf = async (key: ApiClient, path: string) => (await key.get(`${path}/case`)).body as Case
const dues = ({ terms }: Case, state = 'open') =>
  terms.filter((term) => term.state === state).map(({ code, dueOn }) => [code, dueOn])

const created = async (key: ApiClient, body: object) => {
  const made = await key.post('/families', { territory: 'leninsky', level: 'crisis', ...body })
  expect(made).toMatchObject({ status: 201 })
  return `/families/${(made.body as { id: string }).id}`
}

test('Stavropol: from the application to the next plan, by events with days of their own', async () => {
  const { key, world } = await openWithFamily({ at: '2026-11-25T07:00:00Z' })
  const path = await created(key, { appliedAt: '2026-11-20T07:00:00Z' })
  const record = (kind: string, on: string, more: object = {}) =>
    key.post(`${path}/events`, { kind, on, ...more })
  expect(dues(await caseOf(key, path))).toEqual([
    ['commission-decision', '2026-11-27'],
    ['ipss', '2026-12-04'],
    ['ipss-copy', '2026-12-04'],
  ])
  // In the future, before the cause, without it, twice, in another zone, unknown.
  expect(await record('survey-referral', '2026-11-26')).toMatchObject(problem('event-future', 422))
  expect(await record('survey-referral', '2026-11-19')).toMatchObject(problem('event-order', 409))
  expect(await record('ipss-copy-given', '2026-11-25')).toMatchObject(problem('event-order', 409))
  expect(await record('survey-referral', '2026-11-25T01:00:00+05:00')).toMatchObject(
    problem('invalid-input', 422),
  )
  expect(await record('moon-landing', '2026-11-25')).toMatchObject(problem('invalid-input', 422))
  const referral = await record('survey-referral', '2026-11-23')
  expect(referral).toMatchObject({ status: 201, body: { kind: 'survey-referral', implied: false } })
  expect(await record('survey-referral', '2026-11-24')).toMatchObject(problem('event-twice', 409))
  expect(await caseOf(key, path)).toMatchObject({ stage: 'home-survey' })
  expect(dues(await caseOf(key, path))[0]).toEqual(['home-survey', '2026-11-26'])

  // A correction is a row; a correction of a correction names the row in force.
  const correct = (id: string, body: object) => key.post(`${path}/events/${id}/corrections`, body)
  const { id } = referral.body as { id: string }
  const corrected = await correct(id, { on: '2026-11-24', words: 'Заявку передали во вторник' })
  expect(corrected).toMatchObject({ status: 201, body: { corrects: id, on: '2026-11-24' } })
  expect(await correct(id, { on: '2026-11-25' })).toMatchObject(problem('stale', 412))
  expect(dues(await caseOf(key, path))[1]).toEqual(['home-survey', '2026-11-27'])
  expect(
    await world.database.prisma.caseTerm.count({ where: { code: 'home-survey', replacedAt: { not: null } } }),
  ).toBe(1)
  const again = (corrected.body as { id: string }).id
  expect(await correct(again, { on: null })).toMatchObject({ status: 201, body: { void: true } })
  expect(await caseOf(key, path)).toMatchObject({ stage: 'registered' })
  await record('survey-referral', '2026-11-23')

  await record('survey-done', '2026-11-24')
  await record('sent-to-commission', '2026-11-24')
  world.clock.set('2026-12-03T07:00:00Z')
  await record('need-recognised', '2026-11-27')
  await record('ipss-sent', '2026-12-01')
  expect(dues(await caseOf(key, path), 'met')).toEqual([
    ['home-survey', '2026-11-26'],
    ['commission-decision', '2026-11-27'],
    ['ipss', '2026-12-04'],
  ])
  // Rejected: back to the plan, and the product's term for the next one.
  await record('ipss-rejected', '2026-12-02')
  expect(await caseOf(key, path)).toMatchObject({ stage: 'ipss' })
  expect(dues(await caseOf(key, path))).toContainEqual(['next-plan', '2026-12-16'])
  await record('ipss-sent', '2026-12-03')
  await record('ipss-copy-given', '2026-12-03')
  await record('ipss-approved', '2026-12-03')
  expect(dues(await caseOf(key, path))).toEqual([['contract', '2026-12-04']])
  await record('contract', '2026-12-03')
  expect(await caseOf(key, path)).toMatchObject({ stage: 'activities' })
  expect(dues(await caseOf(key, path))).toEqual([
    ['interim-diagnosis', '2027-03-03'],
    ['support', '2027-06-03'],
  ])
  world.clock.set('2027-06-03T07:00:00Z')
  await record('interim-diagnosis', '2027-03-01')
  await record('ipss-ended', '2027-06-02')
  expect(dues(await caseOf(key, path))).toEqual([])
  expect(await caseOf(key, path)).toMatchObject({ stage: 'analysis', noTerm: 'stage-untimed' })
  await record('continued', '2027-06-03')
  expect(await caseOf(key, path)).toMatchObject({ stage: 'ipss' })
  expect(dues(await caseOf(key, path))).toEqual([['next-plan', '2027-06-18']])

  // Closing with open terms, by a ground of the region; then it comes again.
  const close = (reason: string) =>
    key.post(`${path}/transition`, { to: 'closed', reason, contactAfter: true })
  expect(await close('other')).toMatchObject(problem('invalid-input', 422))
  expect(await close('family-wish')).toMatchObject({ status: 200 })
  expect(dues(await caseOf(key, path))).toEqual([['after-look', '2027-09-03']])
  expect(await key.post(`${path}/looks`, { on: '2027-06-02', how: 'good' })).toMatchObject(
    problem('event-order', 409),
  )
  const look = await key.post(`${path}/looks`, { on: '2027-06-03', how: 'worse' })
  expect(dues(look.body as Case)).toEqual([['after-look', '2027-12-03']])
  const back = { appliedOn: '2027-06-01', acceptedOn: '2027-06-03' }
  world.clock.set('2027-09-01T07:00:00Z')
  expect(await key.post(`${path}/episodes`, { ...back, acceptedOn: '2027-06-02' })).toMatchObject(
    problem('event-order', 409),
  )
  const returned = await key.post(`${path}/episodes`, { appliedOn: '2027-08-30', acceptedOn: '2027-09-01' })
  expect(returned).toMatchObject({
    status: 201,
    body: {
      stage: 'ipss',
      episodes: [
        {
          number: 1,
          ground: 'earlier',
          acceptedOn: '2026-11-25',
          closedOn: '2027-06-03',
          closing: 'family-wish',
          contactAfter: true,
        },
        { number: 2, ground: 'return', acceptedOn: '2027-09-01', closedOn: null },
      ],
    },
  })
  expect(dues(returned.body as Case).map(([code]) => code)).toEqual(['ipss', 'ipss-copy'])
  expect(await key.post(`${path}/episodes`, back)).toMatchObject(problem('already-open', 409))
})

test('a stage is left out only with a reason, of which the supervisor learns', async () => {
  const { key, world, supervisor } = await openWithFamily()
  const office = await openOffice(world)
  const path = await created(key, { stage: 'ipss' })
  const move = (body: object) => key.post(`${path}/transition`, { to: 'activities', ...body })
  expect(await move({})).toMatchObject(problem('skip-reason', 409))
  expect(await key.post(`${path}/events`, { kind: 'contract', on: '2026-11-25' })).toMatchObject(
    problem('skip-reason', 409),
  )
  expect(await move({ skip: 'done-before' })).toMatchObject({ status: 200, body: { stage: 'activities' } })
  const { events, terms } = await caseOf(key, path)
  expect(events.filter(({ kind }) => kind === 'skipped')).toMatchObject([
    { detail: 'ipss-approval', reason: 'done-before' },
    { detail: 'contract', reason: 'done-before' },
  ])
  expect(terms.filter(({ code }) => code.startsWith('ipss')).map(({ state }) => state)).toEqual([
    'gone',
    'gone',
  ])
  await workPasses(world, office, '2026-11-25T09:00:00Z')
  expect(supervisor.allText()).toMatch(/пропущен этап «/)
})

test('Nyagan: families of before get one episode and their events, and a diagnosis that was a stage is a duty', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'nyagan' })
  const key = await keyOf(world)
  const { prisma } = world.database
  const office = await openOffice(world)
  const id = randomUUID()
  const at = (day: string) => new Date(`${day}T07:00:00Z`)
  // As an earlier version wrote it, and the migration left it.
  const family = { id, region: 'nyagan', territory: 'other', stage: 'activities', level: 'crisis' }
  await prisma.family.create({
    data: { ...family, appliedAt: at('2026-07-01'), createdAt: at('2026-07-06') },
  })
  for (const [detail, day] of [
    ['identified', '2026-07-01'],
    ['ipss', '2026-07-06'],
    ['activities', '2026-08-03'],
    ['interim-diagnosis', '2026-10-30'],
  ] as const)
    await prisma.familyEvent.create({ data: { familyId: id, kind: 'stage', detail, at: at(day) } })
  await workPasses(world, office, '2026-11-25T09:00:00Z')
  const path = `/families/${id}`
  const found = await caseOf(key, path)
  expect(found.episodes).toEqual([
    {
      number: 1,
      ground: 'earlier',
      acceptedOn: '2026-07-06',
      closedOn: null,
      closing: null,
      contactAfter: false,
    },
  ])
  expect(found.events.map(({ kind, on }) => [kind, on])).toEqual([
    ['application', '2026-07-01'],
    ['level-set', '2026-07-06'],
    ['ipss-began', '2026-08-03'],
    ['interim-diagnosis', '2026-10-30'],
  ])
  expect(dues(found, 'met')).toEqual([['interim-diagnosis', '2026-11-03']])
  expect(dues(found)).toEqual([
    ['interim-diagnosis', '2027-02-03'],
    ['support', '2027-02-03'],
  ])
  const before = await prisma.caseTerm.count()
  await prisma.family.update({ where: { id }, data: { termsMark: 'of other rules' } })
  await workPasses(world, office, '2026-11-25T10:00:00Z')
  expect(await prisma.caseTerm.count()).toBe(before)

  // Of the whole centre, and of one curator.
  const list = async (query: string) =>
    ((await key.get(`/deadlines${query}`)).body as { items: { familyId: string }[] }).items
  expect((await list('')).filter(({ familyId }) => familyId === id)).toHaveLength(2)
  expect(await list('?show=overdue')).toEqual([])
  world.clock.set('2027-02-10T07:00:00Z')
  const overdue = await list('?show=overdue')
  expect(overdue).toMatchObject([
    { familyId: id, overdue: true },
    { familyId: id, overdue: true },
  ])
  const [first] = (await caseOf(key, path)).terms.filter(({ state }) => state === 'open')
  const explained = await key.post(`${path}/deadlines/${first?.id}/explanation`, {
    words: 'Семья в больнице',
  })
  expect(dues(explained.body as Case, 'explained')).toHaveLength(1)
})
