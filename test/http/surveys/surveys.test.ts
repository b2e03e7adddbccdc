import { expect, test } from 'vitest'
import { ownSurveys } from '#surveys/index.ts'
import { type ApiAnswer, keyOf } from '#test/support/api.ts'
import { aSurvey, one, scale, text, words, yesNo } from '#test/support/drafts-of-surveys.ts'
import { openWithFamily } from '#test/support/family.ts'
import { missing } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

type Version = {
  survey: { code: string; version: number; questions: { code: string; since: number }[] }
  seconds: number
  apiKeyId: string | null
  retiredAt: string | null
}
type Reading = {
  language: string
  address: string
  title: string
  questions: { words: string; choices: string[] }[]
}

const problemOf = ({ status, body }: ApiAnswer) => [status, (body as { type: string }).type.split('/').at(-1)]
const errorsOf = ({ body }: ApiAnswer) =>
  (body as { errors: { pointer: string; detail: string }[] }).errors.map(
    ({ pointer, detail }) => `${pointer} ${detail}`,
  )
const versionIn = ({ body }: ApiAnswer) => body as Version
const versionsIn = ({ body }: ApiAnswer) => (body as { versions: Version[] }).versions
const itemsIn = <T>({ body }: ApiAnswer) => (body as { items: T[] }).items

/** Bodies of the API: a code without a version, or a version without a code. */
const fresh = (questions: readonly unknown[], more: object = {}) => {
  const { version: _, ...draft } = aSurvey(questions, more)
  return draft
}
const next = (version: number, questions: readonly unknown[], more: object = {}) => {
  const { code: _, ...draft } = aSurvey(questions, { version, ...more })
  return draft
}

test('the built-in surveys are seeded once, however often the app starts', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const own = ownSurveys.map(({ code }) => code).toSorted()
  const read = async () => itemsIn<Version>(await key.get('/surveys'))
  const first = await read()
  expect(first.map(({ survey }) => survey.code)).toEqual(own)
  expect(first.every(({ apiKeyId, retiredAt }) => apiKeyId === null && retiredAt === null)).toBe(true)
  expect(first.every(({ seconds }) => seconds > 0 && seconds <= 120)).toBe(true)
  // An ended survey stays ended, and a version of the centre is not overwritten.
  expect((await key.delete('/surveys/at-end')).status).toBe(204)
  const changed = await key.post('/surveys/by-hand/versions', next(2, [yesNo('so')]))
  expect(changed.status).toBe(201)
  await world.restart()
  expect(await world.database.prisma.surveyVersion.count()).toBe(own.length + 1)
  const again = new Map((await read()).map((version) => [version.survey.code, version]))
  expect(again.get('at-end')?.retiredAt).not.toBeNull()
  expect(again.get('by-hand')).toMatchObject({ survey: { version: 2 }, apiKeyId: key.keyId })
})

test('a survey is created, versioned and ended; each change is audited', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const added = await key.post('/surveys', fresh([scale('a'), text('b')]))
  expect([added.status, added.headers.get('location')]).toEqual([201, '/api/v1/surveys/own'])
  expect(versionIn(added)).toMatchObject({
    survey: { code: 'own', version: 1 },
    apiKeyId: key.keyId,
    seconds: 32,
  })
  for (const code of ['own', 'after-visit']) {
    const taken = await key.post('/surveys', fresh([yesNo('a')], { code }))
    expect(problemOf(taken)).toEqual([409, 'already-open'])
    expect(errorsOf(taken)[0]).toMatch(/^#\/code /)
  }

  const questions = [scale('a', { words: words('Иначе') }), text('b'), one('c')]
  const post = (version: number) => key.post('/surveys/own/versions', next(version, questions))
  for (const version of [1, 3]) expect(problemOf(await post(version))).toEqual([412, 'stale'])
  const second = await post(2)
  expect(versionIn(second).survey.questions.map(({ since }) => since)).toEqual([2, 1, 2])
  expect(problemOf(await post(2))).toEqual([412, 'stale'])
  const kept = versionsIn(await key.get('/surveys/own'))
  expect(kept.map(({ survey }) => survey.version)).toEqual([2, 1])
  expect(kept[0]).toEqual(versionIn(second))

  for (const _ of ['once', 'twice']) expect((await key.delete('/surveys/own')).status).toBe(204)
  expect(versionsIn(await key.get('/surveys/own')).every(({ retiredAt }) => retiredAt !== null)).toBe(true)
  expect(problemOf(await key.post('/surveys', fresh([yesNo('a')])))).toEqual([409, 'already-open'])
  // Its next version restarts it.
  expect(versionIn(await post(3)).retiredAt).toBeNull()
  const audited = { action: 'surveys.changed', apiKeyId: key.keyId }
  expect(await world.database.prisma.auditEntry.count({ where: audited })).toBe(4)
  for (const path of ['/surveys/none', `/surveys/${missing}`]) {
    expect(problemOf(await key.get(path))).toEqual([404, 'not-found'])
    expect(problemOf(await key.delete(path))).toEqual([404, 'not-found'])
  }
})

test('of two concurrent changes of a survey the second one is rejected', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const at = (count: number, call: () => Promise<ApiAnswer>) =>
    Promise.all(Array.from({ length: count }, call)).then((all) => all.map(({ status }) => status).toSorted())
  expect(await at(3, () => key.post('/surveys', fresh([yesNo('a')])))).toEqual([201, 409, 409])
  expect(await at(3, () => key.post('/surveys/own/versions', next(2, [text('b')])))).toEqual([201, 412, 412])
  const repeated = { 'idempotency-key': 'third' }
  const third = () => key.post('/surveys/own/versions', next(3, [text('b')]), repeated)
  expect(await at(2, third)).toEqual([201, 201])
  expect(versionsIn(await key.get('/surveys/own'))).toHaveLength(3)
})

test('all errors of a survey are reported, by the preview and on creation', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const wrong = fresh([
    yesNo('a', { showIf: { question: 'b', is: ['yes'] } }),
    yesNo('b', { showIf: { question: 'a', is: ['no'] } }),
    scale('c', { showIf: { question: 'd', atMost: 2 } }),
    text('a', { rescue: { is: ['yes'] } }),
    yesNo('e', { showIf: { question: 'c', atLeast: 6 } }),
  ])
  const expected = [
    '#/questions/0/showIf/question depends on itself: a → b → a',
    '#/questions/2/showIf/question refers to an unknown question: d',
    '#/questions/3/code is a duplicate',
    '#/questions/3/rescue is not allowed for this kind of question',
    '#/questions/4/showIf/atLeast can never be true',
  ]
  for (const path of ['/surveys/preview', '/surveys']) {
    const told = await key.post(path, wrong)
    expect([...problemOf(told), errorsOf(told)]).toEqual([422, 'invalid-input', expected])
  }
  const { code: _, ...version } = { ...wrong, version: 2 }
  expect(errorsOf(await key.post('/surveys/by-hand/versions', version))).toEqual(expected)
  const many = Array.from({ length: 200 }, (_, index) => text(`q${index}`))
  expect(errorsOf(await key.post('/surveys', fresh(many)))).toEqual([
    '#/questions has more than 15 questions',
    '#/questions takes longer than 120 s',
  ])
  expect(errorsOf(await key.post('/surveys', fresh([])))).toEqual(['#/questions has no questions'])
  const form = await key.post(
    '/surveys',
    fresh([scale('a', { scale: [], colour: 'red', since: 1 })], { title: 7 }),
  )
  expect(errorsOf(form).map((error) => error.split(' ')[0])).toEqual([
    '#/title',
    '#/questions/0/scale',
    '#/questions/0/colour',
    '#/questions/0/since',
  ])
  expect(await world.database.prisma.surveyVersion.count()).toBe(ownSurveys.length)
})

test('a preview renders a survey for each reader and stores nothing', async () => {
  const world = await openWorld()
  const key = await keyOf(world, { scopes: ['surveys:read'], territories: ['leninsky'] })
  const title = { ru: { adult: 'Как вам', minor: 'Как тебе' }, en: { adult: 'How is it' } }
  const shown = async (audience: string) => {
    const answer = await key.post(
      '/surveys/preview',
      fresh([scale('a', { words: title }), yesNo('b')], { title, audience }),
    )
    return {
      status: answer.status,
      ...(answer.body as { version: number; seconds: number; readings: Reading[] }),
    }
  }
  const all = await shown('everyone')
  expect(all).toMatchObject({ status: 200, version: 1, seconds: 12 })
  expect(all.readings.map(({ language, address, title: read }) => [language, address, read])).toEqual([
    ['ru', 'adult', 'Как вам'],
    ['ru', 'minor', 'Как тебе'],
    ['en', 'adult', 'How is it'],
    ['en', 'minor', 'How is it'],
  ])
  expect(all.readings[1]?.questions[0]).toMatchObject({
    words: 'Как тебе',
    choices: ['1', '2', '3', '4', '5'],
  })
  expect((await shown('adults')).readings.map(({ address }) => address)).toEqual(['adult', 'adult'])
  expect((await shown('minors')).status).toBe(422)
  expect(await world.database.prisma.surveyVersion.count()).toBe(ownSurveys.length)

  // For an existing survey, as its next version.
  const again = await key.post('/surveys/preview', fresh([yesNo('so')], { code: 'by-hand' }))
  expect(again.body).toMatchObject({ version: 2, readings: [{ questions: [{ since: 2 }] }, {}, {}, {}] })
})

test('members are invited manually, once a day, and not to an ended survey', async () => {
  const { world, key, familyId, member } = await openWithFamily()
  const { prisma } = world.database
  const mother = await member('parent', 'Ольга')
  const daughter = await member('minor', 'Даша')
  await key.post('/surveys', fresh([yesNo('a')]))
  await key.post('/surveys', fresh([yesNo('a')], { code: 'grown', audience: 'adults' }))
  const invite = (code: string, more: object = {}) =>
    key.post(`/surveys/${code}/invitations`, { familyId, ...more })
  const who = (answer: ApiAnswer) => itemsIn<{ memberId: string }>(answer).map(({ memberId }) => memberId)

  const first = await invite('own', { memberIds: [mother.memberId] })
  expect([first.status, who(first)]).toEqual([201, [mother.memberId]])
  expect(who(await invite('own'))).toEqual([daughter.memberId])
  expect(who(await invite('own'))).toEqual([])
  expect(who(await invite('grown'))).toEqual([mother.memberId])
  expect(problemOf(await invite('grown', { memberIds: [daughter.memberId] }))).toEqual([409, 'not-eligible'])
  expect(problemOf(await invite('own', { memberIds: [missing] }))).toEqual([422, 'invalid-input'])
  expect(problemOf(await invite('none'))).toEqual([404, 'not-found'])
  expect(problemOf(await invite('own', { familyId: missing }))).toEqual([404, 'not-found'])
  const other = await keyOf(world, { territories: ['oktyabrsky'] })
  const hidden = await other.post('/surveys/own/invitations', { familyId })
  expect(problemOf(hidden)).toEqual([404, 'not-found'])
  expect(await prisma.auditEntry.count({ where: { action: 'surveys.changed', familyId } })).toBe(4)

  // Ended: invitations not sent yet are dropped.
  await prisma.surveyInvitation.updateMany({
    where: { surveyCode: 'own', memberId: mother.memberId },
    data: { status: 'invited' },
  })
  await prisma.surveyInvitation.updateMany({
    where: { surveyCode: 'own', memberId: daughter.memberId },
    data: { status: 'waiting', dueAt: new Date('2100-01-01T00:00:00Z') },
  })
  expect((await key.delete('/surveys/own')).status).toBe(204)
  const left = await prisma.surveyInvitation.findMany({ where: { surveyCode: 'own' } })
  expect(new Map(left.map(({ memberId, status }) => [memberId, status]))).toEqual(
    new Map([
      [mother.memberId, 'invited'],
      [daughter.memberId, 'dropped'],
    ]),
  )
  expect(problemOf(await invite('own'))).toEqual([404, 'not-found'])
})
