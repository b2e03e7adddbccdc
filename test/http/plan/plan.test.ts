import { expect, test } from 'vitest'
import type { ApiAnswer } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { type ActivityBody, anActivity, aPlan, publish, putPlan } from '#test/support/plan.ts'

const errorsOf = ({ body }: ApiAnswer) =>
  (body as { errors: { pointer: string; detail: string }[] }).errors.map(
    ({ pointer, detail }) => `${pointer} ${detail}`,
  )
const pointersOf = (answer: ApiAnswer) => errorsOf(answer).map((error) => error.split(' ')[0])
const problemOf = ({ status, body }: ApiAnswer) => [status, (body as { type: string }).type.split('/').at(-1)]

test('a plan is replaced as a whole: a stale version is rejected, an unchanged plan creates none', async () => {
  const { world, key, path, familyId } = await openWithFamily()
  const { prisma } = world.database
  expect(problemOf(await key.get(`${path}/plan`))).toEqual([404, 'not-found'])
  const plan = aPlan([anActivity('school'), anActivity('talk', { kind: 'psychological' })])
  const first = await putPlan(key, path, plan)
  expect(first).toMatchObject({ status: 200, body: { version: 1, plan, activities: [{}, {}] } })
  expect(first.headers.get('etag')).toBe('"1"')
  // A client that lost the response repeats the call.
  expect(await putPlan(key, path, plan)).toMatchObject({ status: 200, body: { version: 1 } })

  const other = aPlan([anActivity('school')], { level: 'emergency', until: '2027-02-20' })
  expect(problemOf(await putPlan(key, path, other))).toEqual([428, 'precondition-required'])
  expect(problemOf(await putPlan(key, path, other, { 'if-match': '"0"' }))).toEqual([412, 'stale'])
  expect(problemOf(await putPlan(key, path, other, { 'if-match': '"2"' }))).toEqual([412, 'stale'])
  const second = await putPlan(key, path, other, { 'if-match': '"1"' })
  expect([second.status, second.headers.get('etag')]).toEqual([200, '"2"'])
  expect(await putPlan(key, path, other, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    body: { version: 2 },
  })

  expect(await key.get(`${path}/plan`)).toMatchObject({ body: { version: 2, plan: other } })
  expect(await key.get(`${path}/plan?version=1`)).toMatchObject({ body: { version: 1, plan } })
  expect(problemOf(await key.get(`${path}/plan?version=3`))).toEqual([404, 'not-found'])
  expect(await key.get(path)).toMatchObject({ body: { level: 'emergency' } })
  const rows = await prisma.activity.findMany({ where: { familyId }, orderBy: { code: 'asc' } })
  expect(rows).toMatchObject([
    { code: 'school', addedIn: 1, removedIn: null, status: 'planned' },
    { code: 'talk', kind: 'psychological', addedIn: 1, removedIn: 2 },
  ])
  const stored = await prisma.planVersion.findMany({ where: { familyId } })
  expect(JSON.stringify(stored)).not.toContain('школу')
  const audited = await prisma.auditEntry.count({ where: { familyId, action: 'family.plan' } })
  expect(audited).toBe(4)

  // A removed activity that returns keeps its identity.
  const ids = await publish(key, path, plan)
  expect(ids.talk).toBe(rows[1]?.id)
  await prisma.family.update({ where: { id: familyId }, data: { status: 'closed' } })
  expect(problemOf(await putPlan(key, path, other, { 'if-match': '*' }))).toEqual([409, 'already-closed'])
})

test('every error of a plan is reported with its pointer, and nothing is stored', async () => {
  const { world, key, path, familyId, member } = await openWithFamily()
  const parent = await member('parent', 'Ольга')
  const minor = await member('minor', 'Даша')
  const days = { from: '2026-12-01', until: '2026-12-02' }
  const put = (activity: object, plan: object = {}) =>
    putPlan(key, path, { ...aPlan([anActivity('first'), anActivity('a', activity)]), ...plan })
  const cases: [expected: string, activity: object, plan?: object][] = [
    ['#/until ends before it starts', {}, { from: '2027-06-01' }],
    ['#/until is already over', {}, { from: '2026-11-01', until: '2026-11-24' }],
    ['#/until is longer than the region allows for this support level', {}, { level: 'emergency' }],
    [
      '#/activities/1/when/on is outside the period of the plan',
      { when: { kind: 'once', on: '2027-06-01' } },
    ],
    [
      '#/activities/1/when/until ends before it starts',
      { when: { kind: 'span', from: days.until, until: days.from } },
    ],
    [
      '#/activities/1/when/from is outside the period of the plan',
      { when: { kind: 'span', from: '2026-11-22', until: days.until } },
    ],
    [
      '#/activities/1/when/days does not occur within the period',
      { when: { kind: 'weekly', ...days, days: ['fri'] } },
    ],
    [
      '#/activities/1/when/day does not occur within the period',
      { when: { kind: 'monthly', ...days, day: 31 } },
    ],
    ['#/activities/1/code is a duplicate', { code: 'first' }],
    [
      '#/activities/1/memberIds/0 is not a minor of this family',
      { audience: 'minors', memberIds: [parent.memberId] },
    ],
    [
      '#/activities/1/memberIds is allowed only if the audience is `minors` or `confidential`',
      { audience: 'adults', memberIds: [minor.memberId] },
    ],
  ]
  for (const [expected, activity, plan] of cases) {
    const answer = await put(activity, plan)
    expect([answer.status, errorsOf(answer)]).toEqual([422, expect.arrayContaining([expected])])
  }
  const unread: [pointer: string, activity: object, plan?: object][] = [
    ['#/colour', {}, { colour: 'red' }],
    ['#/activities/1/colour', { colour: 'red' }],
    ['#/goal', {}, { goal: '🙂🙂🙂' }],
    ['#/activities/1/plain', { plain: '👍 👍' }],
    ['#/activities/1/kind', { kind: 'magical' }],
    ['#/activities/1/when/on', { when: { kind: 'once', on: '2027-02-29' } }],
    ['#/activities/1/when/on', { when: { kind: 'once', on: '1926-12-01' } }],
    ['#/activities/1/when/day', { when: { kind: 'monthly', ...days, day: 32 } }],
    ['#/activities/1/when/at', { when: { kind: 'once', on: days.from, at: '25:00' } }],
    ['#/activities/1/when/kind', { when: { kind: 'sometimes' } }],
    ['#/activities/1/title', { title: 'я'.repeat(201) }],
    ['#/activities', {}, { activities: [] }],
    ['#/tasks/0', {}, { tasks: ['   '] }],
  ]
  for (const [pointer, activity, plan] of unread) {
    const answer = await put(activity, plan)
    expect([answer.status, pointersOf(answer)], pointer).toEqual([422, expect.arrayContaining([pointer])])
  }
  // Ten thousand activities are one error, reported from their count alone.
  const crowd = Array.from({ length: 10_000 }, (_, index) => ({ code: `a${index}`, kind: 'legal' }))
  const since = performance.now()
  const answer = await putPlan(key, path, aPlan(crowd as never))
  expect([answer.status, errorsOf(answer)]).toEqual([422, ['#/activities must have at most 200 items']])
  expect(performance.now() - since).toBeLessThan(1_000)
  const whole = Array.from({ length: 10_000 }, (_, index) => anActivity(`a${index}`))
  expect(problemOf(await putPlan(key, path, aPlan(whole)))).toEqual([413, 'too-large'])

  const { prisma } = world.database
  const kept = [
    await prisma.planVersion.count(),
    await prisma.activity.count(),
    await prisma.familyEvent.count({ where: { kind: 'plan' } }),
    await prisma.push.count({ where: { familyId } }),
  ]
  expect(kept).toEqual([0, 0, 0, 0])
})

test('two hundred activities with the longest texts are stored, and two concurrent calls create one version', async () => {
  const { key, path } = await openWithFamily()
  const long = { title: 'я'.repeat(200), plain: 'я'.repeat(400), familyPart: 'я'.repeat(500) }
  const many = Array.from({ length: 200 }, (_, index) => anActivity(`a${index}`, long))
  expect(await putPlan(key, path, aPlan(many))).toMatchObject({ status: 200 })
  const one = aPlan([anActivity('one')])
  const two = aPlan([anActivity('two')])
  const both = await Promise.all([one, two].map((plan) => putPlan(key, path, plan, { 'if-match': '"1"' })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const same = await Promise.all([1, 2].map(() => putPlan(key, path, aPlan(many), { 'if-match': '"2"' })))
  expect(same.map(({ status, body }) => [status, (body as { version: number }).version])).toEqual([
    [200, 3],
    [200, 3],
  ])
})

test('staff report an activity for a planned day that is not in the future', async () => {
  const { world, key, path, another } = await openWithFamily()
  const weekly = {
    kind: 'weekly',
    from: '2026-11-23',
    until: '2026-12-04',
    days: ['tue', 'fri'],
  } satisfies ActivityBody['when']
  const span = { kind: 'span', from: '2026-11-23', until: '2026-12-10' } satisfies ActivityBody['when']
  const ids = await publish(
    key,
    path,
    aPlan([anActivity('group', { when: weekly }), anActivity('papers', { when: span })]),
  )
  const report = (code: string, on: string, of = path) =>
    key.post(`${of}/activities/${ids[code]}/outcomes`, { on, happened: true })
  expect(await report('group', '2026-11-24')).toMatchObject({ status: 200, body: { status: 'planned' } })
  for (const day of ['2026-11-25', '2026-11-27']) {
    const answer = await report('group', day)
    expect([answer.status, pointersOf(answer)]).toEqual([422, ['#/on']])
  }
  expect(await report('papers', '2026-11-25')).toMatchObject({ body: { status: 'done' } })
  expect(problemOf(await report('group', '2026-11-24', await another()))).toEqual([404, 'not-found'])
  const patched = await key.patch(`${path}/activities/${ids.group}`, { status: 'cancelled' })
  expect(patched.body).toEqual({ id: ids.group, code: 'group', status: 'cancelled' })
  const marks = await world.database.prisma.activityMark.findMany({ orderBy: { on: 'asc' } })
  expect(marks.map(({ on, author }) => [on.toISOString().slice(0, 10), author])).toEqual([
    ['2026-11-24', 'staff'],
    ['2026-12-10', 'staff'],
  ])
})
