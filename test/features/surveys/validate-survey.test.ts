import { expect, test } from 'vitest'
import { validateSurvey } from '#features/surveys/validate-survey.ts'
import type { Survey } from '#surveys/schema.ts'
import { aSurvey, five, one, scale, ten, text, two, words, yesNo } from '#test/support/drafts-of-surveys.ts'

const validated = (given: unknown, previous: Survey | null = null) => validateSurvey(given, { previous })
const surveyOf = (given: unknown, previous: Survey | null = null): Survey => {
  const found = validated(given, previous)
  if ('problems' in found) throw new Error(JSON.stringify(found.problems))
  return found.survey
}
/** «#/questions/0 twice: why». */
const problemsOf = (given: unknown, previous: Survey | null = null) => {
  const found = validated(given, previous)
  return 'problems' in found
    ? found.problems.map(
        ({ path, code, detail }) => `${path} ${code}${detail === undefined ? '' : `: ${detail}`}`,
      )
    : []
}
const ofQuestions = (...questions: object[]) => problemsOf(aSurvey(questions))
const after = (question: string, bound: object) => ({ showIf: { question, ...bound } })

test('a valid survey is returned unchanged, with the version of each question', () => {
  const draft = aSurvey([
    scale('helped', { rescue: { atMost: 2 } }),
    one('which', { rescue: { is: ['b'] } }),
    ten('advise', { rescue: { atMost: 3 } }),
    yesNo('again', { rescue: { is: ['no'] } }),
    text('why', {
      showIf: {
        any: [
          { question: 'helped', atMost: 2 },
          { question: 'which', is: ['a'] },
        ],
      },
    }),
    text('word', after('advise', { atLeast: 9 })),
  ])
  const since = draft.questions.map((question) => ({ ...(question as object), since: 1 }))
  expect(validated(draft)).toEqual({ survey: { ...draft, questions: since } })
})

test('a survey has questions, and not too many', () => {
  expect(problemsOf(aSurvey([]))).toEqual(['#/questions no-questions'])
  const many = (count: number) => Array.from({ length: count }, (_, index) => yesNo(`q${index}`))
  expect(problemsOf(aSurvey(many(15)))).toEqual([])
  expect(problemsOf(aSurvey(many(16)))).toEqual(['#/questions too-many-questions'])
  expect(problemsOf(aSurvey(many(200)))).toEqual(['#/questions too-many-questions', '#/questions too-long'])
  const wordy = (count: number) => Array.from({ length: count }, (_, index) => text(`q${index}`))
  expect(problemsOf(aSurvey(wordy(4)))).toEqual([])
  expect(problemsOf(aSurvey(wordy(5)))).toEqual(['#/questions too-long'])
})

test('time is counted along the longest path only', () => {
  const words = (of: string, bound: object) =>
    [1, 2, 3, 4].map((n) => text(`${of}-${n}`, after('again', bound)))
  const [yes, no] = [words('yes', { is: ['yes'] }), words('no', { is: ['no'] })]
  expect(problemsOf(aSurvey([yesNo('again'), ...yes, ...no]))).toEqual([])
  expect(problemsOf(aSurvey([yesNo('again'), ...yes, ...no, text('last')]))).toEqual(['#/questions too-long'])
  // A multiple choice may lead to all branches at once.
  const both = [...yes, ...no].map((question, index) => ({
    ...question,
    ...after('again', { is: [index < 4 ? 'a' : 'b'] }),
  }))
  expect(problemsOf(aSurvey([one('again', { kind: 'many' }), ...both]))).toEqual(['#/questions too-long'])
  expect(problemsOf(aSurvey([one('again'), ...both]))).toEqual([])
})

test('a cycle is reported with its path', () => {
  const of = (code: string, question: string) => yesNo(code, after(question, { is: ['yes'] }))
  expect(ofQuestions(of('a', 'a'))).toEqual(['#/questions/0/showIf/question loop: a → a'])
  expect(ofQuestions(of('a', 'b'), of('b', 'a'))).toEqual(['#/questions/0/showIf/question loop: a → b → a'])
  expect(ofQuestions(of('a', 'c'), of('b', 'a'), of('c', 'b'))).toEqual([
    '#/questions/0/showIf/question loop: a → c → b → a',
  ])
  const either = {
    any: [
      { question: 'first', is: ['yes'] },
      { question: 'b', is: ['no'] },
    ],
  }
  expect(ofQuestions(yesNo('first'), yesNo('a', { showIf: either }), of('b', 'a'))).toEqual([
    '#/questions/1/showIf/any/1/question loop: a → b → a',
  ])
  expect(ofQuestions(of('a', 'b'), yesNo('b'))).toEqual(['#/questions/0/showIf/question later-question: b'])
  expect(ofQuestions(yesNo('a'), of('b', 'nobody'))).toEqual([
    '#/questions/1/showIf/question unknown-question: nobody',
  ])
})

test('a condition must be met by some answer to the question', () => {
  const then = (first: object, bound: object) => ofQuestions(first, text('why', after('a', bound)))
  expect(then(scale('a'), { atMost: 0 })).toEqual(['#/questions/1/showIf/atMost never'])
  expect(then(scale('a'), { atLeast: 6 })).toEqual(['#/questions/1/showIf/atLeast never'])
  expect(then(ten('a'), { atMost: 0 })).toEqual([])
  expect(then(ten('a'), { atLeast: 10 })).toEqual([])
  expect(then(scale('a'), { is: ['yes'] })).toEqual(['#/questions/1/showIf/is bound'])
  expect(then(text('a'), { is: ['yes'] })).toEqual(['#/questions/1/showIf/is bound'])
  expect(then(yesNo('a'), { atLeast: 1 })).toEqual(['#/questions/1/showIf/atLeast bound'])
  expect(then(one('a'), { atMost: 1 })).toEqual(['#/questions/1/showIf/atMost bound'])
  expect(then(yesNo('a'), { is: ['yes', 'perhaps'] })).toEqual([
    '#/questions/1/showIf/is/1 unknown-option: perhaps',
  ])
  expect(then(one('a'), { is: ['c', 'a', 'a'] })).toEqual([
    '#/questions/1/showIf/is/0 unknown-option: c',
    '#/questions/1/showIf/is/2 twice',
  ])
})

test('a question has the parts that its kind needs, and no others', () => {
  const bare = (kind: string, more: object = {}) =>
    ofQuestions({ code: 'a', kind, words: words('a'), ...more })
  expect(bare('scale')).toEqual(['#/questions/0/scale missing'])
  expect(bare('ten')).toEqual(['#/questions/0/ends missing'])
  expect(bare('one')).toEqual(['#/questions/0/options missing'])
  expect(bare('many')).toEqual(['#/questions/0/options missing'])
  const all = { scale: five, ends: [words('0'), words('10')], options: two }
  expect(bare('text', all)).toEqual([
    '#/questions/0/scale superfluous',
    '#/questions/0/ends superfluous',
    '#/questions/0/options superfluous',
  ])
  expect(bare('yes-no', { options: two })).toEqual(['#/questions/0/options superfluous'])
  expect(bare('scale', all)).toHaveLength(2)
})

test('duplicates are reported with their location', () => {
  expect(ofQuestions(yesNo('a'), scale('b'), text('a'))).toEqual(['#/questions/2/code twice'])
  expect(ofQuestions(one('a', { options: [...two, two[0]] }))).toEqual(['#/questions/0/options/2/code twice'])
})

test('a rescue refers to possible answers', () => {
  expect(ofQuestions(text('a', { rescue: { is: ['yes'] } }))).toEqual(['#/questions/0/rescue superfluous'])
  expect(ofQuestions(scale('a', { rescue: { is: ['no'] } }))).toEqual(['#/questions/0/rescue/is bound'])
  expect(ofQuestions(yesNo('a', { rescue: { atMost: 1 } }))).toEqual(['#/questions/0/rescue/atMost bound'])
  expect(ofQuestions(one('a', { rescue: { is: ['z'] } }))).toEqual([
    '#/questions/0/rescue/is/0 unknown-option: z',
  ])
})

test('a survey for minors has their wording', () => {
  const own = { ru: { adult: 'Вам', minor: 'Тебе' } }
  const spoken = { ...own, en: { adult: 'You' } }
  const minors = (title: object, asked: object) =>
    problemsOf(aSurvey([scale('a', { words: asked })], { audience: 'minors', title }))
  expect(minors(own, own)).toEqual([])
  expect(minors(words('Вам'), spoken)).toEqual([
    '#/title/ru/minor minor-words',
    '#/questions/0/words/en/minor minor-words',
  ])
})

test('versions are consecutive, and a changed question is counted separately from then on', () => {
  const first = surveyOf(aSurvey([scale('a'), one('b'), text('c')]))
  expect(problemsOf(aSurvey([text('a')], { version: 2 }))).toEqual(['#/version version'])
  for (const version of [1, 3]) {
    expect(problemsOf(aSurvey([text('a')], { version }), first)).toEqual(['#/version version'])
  }
  const next = (questions: object[], previous: Survey) =>
    surveyOf(aSurvey(questions, { version: previous.version + 1 }), previous)
  const sinces = ({ questions }: Survey) => questions.map(({ code, since }) => `${code} ${since}`)
  // Conditions, rescue and position are not part of the wording.
  const moved = [
    text('c', { required: true }),
    scale('a', { rescue: { atMost: 1 } }),
    one('b', after('a', { atMost: 3 })),
    yesNo('d'),
  ]
  const second = next(moved, first)
  expect(sinces(second)).toEqual(['c 1', 'a 1', 'b 1', 'd 2'])
  const reworded = [
    text('c', { words: words('Другое') }),
    scale('a', { scale: five.toReversed() }),
    one('b', { options: two.toReversed() }),
    scale('d'),
  ]
  const third = next(reworded, second)
  expect(sinces(third)).toEqual(['c 3', 'a 3', 'b 3', 'd 3'])
  const kept = JSON.parse(JSON.stringify({ ...third, questions: third.questions })) as Survey
  expect(sinces(next(reworded, kept))).toEqual(['c 3', 'a 3', 'b 3', 'd 3'])
  expect(sinces(next([one('b', { options: two.toReversed(), kind: 'many' }), yesNo('d')], third))).toEqual([
    'b 4',
    'd 4',
  ])
})

test('all errors are reported at once, schema errors included', () => {
  const given = aSurvey(
    [
      yesNo('a', after('c', { is: ['yes'] })),
      { code: 'b', kind: 'stars', words: {}, colour: 'red' },
      yesNo('c', after('a', { is: ['so'] })),
      scale('d', { scale: five.slice(1), since: 7 }),
      text('e', after('b', { is: ['any'] })),
      'question',
      text('a'),
    ],
    { version: 4, title: words(''), 'a/b': 1 },
  )
  const problems = problemsOf(given)
  const places = problems.map((problem) => problem.split(/:? /).slice(0, 2).join(' '))
  expect(places).toEqual([
    '#/title/ru/adult form',
    '#/a~1b form',
    '#/questions/0/showIf/question loop',
    '#/questions/1/kind form',
    '#/questions/1/words/ru form',
    '#/questions/1/colour form',
    '#/questions/2/showIf/is/0 unknown-option',
    '#/questions/3/scale form',
    '#/questions/3/since form',
    '#/questions/5 form',
    '#/questions/6/code twice',
  ])
  for (const nothing of [undefined, null, 7, 'survey', []]) {
    const told = problemsOf(nothing)
    expect(told).toContain('#/questions form: not a list')
    expect(told.some((problem) => problem.startsWith('#/code form'))).toBe(true)
  }
})

test('thousands of questions are validated quickly', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) =>
    yesNo(`q${index}`, after(`q${(index + 1) % 20_000}`, { is: ['yes'] })),
  )
  const begun = performance.now()
  expect(problemsOf(aSurvey(chain))).toContain('#/questions too-many-questions')
  // Exponentially many paths: every answer leads elsewhere.
  const options = Array.from({ length: 8 }, (_, index) => ({ code: `o${index}`, words: words('a') }))
  const ways = Array.from({ length: 15 }, (_, index) => {
    const any = [1, 2, 3, 4, 5, 6].map((back) => ({ question: `w${index - back}`, is: [`o${back}`] }))
    return one(`w${index}`, { options, ...(index > 6 && { showIf: { any } }) })
  })
  expect(problemsOf(aSurvey(ways))).toEqual([])
  expect(performance.now() - begun).toBeLessThan(3_000)
})
