import { beforeEach, expect, test } from 'vitest'
import { surveyResults } from '#features/surveys/results/results.ts'
import { countEnded } from '#storage/surveys/survey-funnel.ts'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import { type Survey, surveySchema } from '#surveys/schema.ts'
import { askedFamily, newCurator, type Sent, sendSet } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { aSurvey, scale, two, words, yesNo } from '#test/support/drafts-of-surveys.ts'

const db = useTestDatabase()
const since = { since: 1 }
let turn = 0
let survey: Survey

beforeEach(async () => {
  turn += 1
  const many = { code: 'many', kind: 'many', words: words('?'), options: two, ...since }
  const questions = [scale('so', since), yesNo('yes', since), many]
  survey = surveySchema.parse(aSurvey(questions, { code: `counted${turn}` }))
  await db().transaction((tx) => insertSurvey(tx, { survey, publishedAt: new Date('2026-01-01T00:00:00Z') }))
})

const results = (more: object = {}, minors = false) =>
  surveyResults(db(), {
    query: { code: survey.code, from: '2026-06', until: '2026-06', ...more },
    reach: { territories: 'all', staffId: null },
    minors,
    timeZone: 'Europe/Moscow',
  })

/** Each set comes from a new family unless one is given. */
const sendAll = async (sets: readonly Partial<Sent>[]) => {
  for (const set of sets) await sendSet(db(), { survey, from: await askedFamily(db()), says: {}, ...set })
}

test('twenty concurrent submissions are all counted, whatever rows they share', async () => {
  const curatorId = await newCurator(db())
  const families = await Promise.all(Array.from({ length: 20 }, () => askedFamily(db())))
  await Promise.all(
    families.map((from, place) =>
      sendSet(db(), {
        survey,
        from,
        curatorId,
        says: place % 2 === 0 ? { so: 5, yes: 1, many: ['a', 'b'] } : { many: ['b'], yes: 0, so: 1 },
      }),
    ),
  )
  const { sets, questions, funnel, breakdowns } = await results()
  expect(sets).toBe(20)
  expect(funnel).toMatchObject({ invited: 20, opened: 20, started: 20, finished: 20, medianSeconds: 65 })
  const [so, yes, many] = questions.map(({ answers }) => answers)
  expect(so?.distribution.map(({ count }) => count)).toEqual([10, 0, 0, 0, 10])
  expect([so?.measure?.value, so?.median]).toEqual([3, 3])
  expect(yes?.measure).toMatchObject({ of: 'share', value: 0.5 })
  expect(many).toMatchObject({ n: 20, passedOver: 0, measure: null })
  expect(many?.distribution.map(({ code, count, share }) => [code, count, share])).toEqual([
    ['a', 10, 0.5],
    ['b', 20, 1],
  ])
  const about = breakdowns.find(({ by }) => by === 'curator')?.cells
  expect(about?.map(({ code, sets }) => [code, sets])).toEqual([[curatorId, 20]])
})

test('five answers from four families are too few; a fifth family is enough', async () => {
  const from = await askedFamily(db())
  await sendAll([{ says: { so: 4 } }, { says: { so: 4 } }, { says: { so: 5 } }])
  await sendAll([
    { from, says: { so: 2 } },
    { from, says: { so: 3 } },
  ])
  expect(await results()).toMatchObject({ sets: null, funnel: null, breakdowns: [] })
  expect((await results()).questions.map(({ answers }) => answers)).toEqual([null, null, null])
  await sendAll([{ says: { so: 4 } }])
  const { sets, questions } = await results()
  expect(sets).toBe(6)
  expect(questions.map(({ answers }) => answers?.n ?? null)).toEqual([6, null, null])
})

test("minors count for readers who may see them; months follow the region's time zone", async () => {
  const adults = Array.from({ length: 5 }, () => ({ says: { so: 5 } }))
  const minors = Array.from({ length: 6 }, () => ({ says: { so: 1 }, minor: true }))
  await sendAll([...adults, ...minors])
  // The last minutes of May in UTC are the first ones of June in Moscow.
  await sendAll([
    { says: { so: 5 }, at: '2026-05-31T21:30:00Z' },
    { says: { so: 5 }, at: '2026-05-31T20:30:00Z' },
  ])
  expect((await results()).sets).toBe(6)
  expect((await results({}, true)).sets).toBe(12)
  expect((await results({}, true)).questions[0]?.answers?.measure?.value).toBe(3)
  const long = await results({ from: '2026-05' })
  expect([long.sets, long.questions[0]?.trend.map(({ figure }) => figure)]).toEqual([7, [null, null]])
})

test('a group is shown for every question or for none, on its own and in a breakdown', async () => {
  const of = (territory: string, level: Sent['level'], count: number) =>
    Array.from({ length: count }, () => ({ territory, level: level ?? null }))
  const groups = [
    ...of('leninsky', 'basic', 9),
    ...of('leninsky', 'crisis', 2),
    ...of('oktyabrsky', 'basic', 8),
    ...of('oktyabrsky', 'crisis', 7),
    ...of('oktyabrsky', 'emergency', 6),
  ]
  for (const { territory, level } of groups)
    await sendAll([{ from: await askedFamily(db(), { territory }), level, says: { so: 4 } }])
  const cellsOf = async (query: object, by: string) =>
    Object.fromEntries(
      (await results(query)).breakdowns
        .find((one) => one.by === by)
        ?.cells.map(({ code, sets }) => [code, sets]) ?? [],
    )
  expect(await cellsOf({}, 'territory')).toEqual({ leninsky: 11, oktyabrsky: 21 })
  expect(await cellsOf({}, 'level')).toEqual({ basic: 17, crisis: 9, emergency: 6 })
  // Subtraction would reveal two crisis families in the territory, and in the level, hence in the other territory too.
  expect(await cellsOf({ territory: 'leninsky' }, 'level')).toEqual({})
  expect(await cellsOf({ territory: 'oktyabrsky' }, 'level')).toEqual({
    basic: null,
    crisis: null,
    emergency: 6,
  })
  expect(await cellsOf({ level: 'crisis' }, 'territory')).toEqual({})
  for (const territory of ['leninsky', 'oktyabrsky'])
    for (const level of ['basic', 'crisis', 'emergency']) {
      const shown = territory === 'oktyabrsky' && level === 'emergency'
      expect([territory, level, (await results({ territory, level })).sets]).toEqual([
        territory,
        level,
        shown ? 6 : null,
      ])
    }
  expect((await results({ level: 'crisis' })).sets).toBe(9)
})

test('kinds of help are shown unless only a few families lack one', async () => {
  const kinds = (helpKinds: string[], count: number) =>
    Array.from({ length: count }, () => ({ says: { so: 4 }, helpKinds }))
  await sendAll([...kinds(['legal', 'social'], 6), ...kinds(['social'], 6), ...kinds([], 2)])
  const { breakdowns } = await results()
  const cells = breakdowns.find(({ by }) => by === 'help-kind')?.cells
  expect(cells?.map(({ code, sets }) => [code, sets])).toEqual([
    ['legal', 6],
    ['social', null],
  ])
})

test('the funnel is the same before, during and after summing', async () => {
  const begun = { says: { so: 4, yes: 1 }, partial: true }
  await sendAll([
    ...Array.from({ length: 6 }, () => ({ says: { so: 4 }, level: 'basic' as const })),
    begun,
    begun,
  ])
  const before = (await results()).funnel
  expect(before).toMatchObject({ invited: 8, opened: 8, started: 8, finished: 6 })
  expect(before?.stopped.map(({ count }) => count)).toEqual([0, 2, 0])
  const fold = () => db().transaction((tx) => countEnded(tx, 'Europe/Moscow'))
  const counted = await Promise.all([fold(), fold()])
  expect(counted[0] + counted[1]).toBeGreaterThanOrEqual(6)
  expect((await results()).funnel).toEqual(before)
  await db().prisma.surveyInvitation.updateMany({
    where: { surveyCode: survey.code, status: 'invited' },
    data: { status: 'expired', endedAt: new Date('2026-06-20T00:00:00Z') },
  })
  expect(await fold()).toBe(2)
  expect(await fold()).toBe(0)
  expect((await results()).funnel).toEqual(before)
  expect((await results({ level: 'basic' })).funnel).toMatchObject({
    invited: 6,
    finished: 6,
    medianSeconds: null,
  })
})

test('each wording of a changed question has its own result', async () => {
  await sendAll(Array.from({ length: 5 }, () => ({ says: { so: 1, yes: 1 } })))
  const [so, ...others] = survey.questions
  if (!so) throw new Error('no question')
  const next = { ...survey, version: 2, questions: [{ ...so, since: 2, words: words('Иначе?') }, ...others] }
  await db().transaction((tx) =>
    insertSurvey(tx, { survey: next, publishedAt: new Date('2026-06-11T00:00:00Z') }),
  )
  await sendAll(Array.from({ length: 6 }, () => ({ survey: next, says: { so: 5, yes: 1 } })))
  const told = (questions: Awaited<ReturnType<typeof results>>['questions']) =>
    questions.map(({ code, since: from, answers }) => [
      code,
      from,
      answers?.n ?? null,
      answers?.measure?.value ?? null,
    ])
  expect(told((await results()).questions)).toEqual([
    ['so', 2, 6, 5],
    ['yes', 1, 11, 1],
    ['many', 1, null, null],
    ['so', 1, 5, 1],
  ])
  expect(told((await results({ version: 1 })).questions)[0]).toEqual(['so', 1, 5, 1])
  await expect(results({ version: 3 })).rejects.toMatchObject({ code: 'not-found' })
})
