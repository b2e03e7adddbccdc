import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { validateSurvey } from '#features/surveys/validate-survey.ts'
import { secondsOf } from '#features/surveys/estimated-time.ts'
import { composeSurvey } from '#features/surveys/seed-surveys.ts'
import { ownSurveys } from '#surveys/index.ts'
import { type Survey, surveySchema, type Words } from '#surveys/schema.ts'

const texts = await loadTexts(new URL('../../../locales/', import.meta.url).pathname)
const surveys = ownSurveys.map((data) => composeSurvey(texts, data))

/** Fingerprints of the wording of all versions: answers belong to exact wordings. */
const prints: Record<string, string> = {
  'after-visit 1': 'JdP82I2LDewambeuQwCQ-r',
  'interim 1': 'lH5VyNw-5THqudxqJ9cvW9',
  'at-end 1': 'z71nHPkCqF33f26jap8lL2',
  'after-end 1': 'kdec14TDzCaoUkXn4a0qFB',
  'after-end 2': 'PtVKXyjqyvbgrcr9pUfK0D',
  'by-hand 1': '1HIijoqr2YnbGY9QhNGhGi',
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
const printOf = (survey: Survey) =>
  createHash('sha256')
    .update(JSON.stringify(sorted(survey)))
    .digest('base64url')
    .slice(0, 22)

const wordsIn = ({ title, questions }: Survey): Words[] => [
  title,
  ...questions.flatMap(({ words, scale = [], ends = [], options = [] }) => [
    words,
    ...scale,
    ...ends,
    ...options.map((option) => option.words),
  ]),
]

test('no version changes its wording', () => {
  const now = Object.fromEntries(surveys.map((one) => [`${one.code} ${one.version}`, printOf(one)]))
  expect(
    prints,
    'A survey says something else than it did, and this version may have been answered. Raise `version` in src/surveys/<code>.ts, set `since` of what has changed to it, and add the print of the new version here.',
  ).toMatchObject(now)
})

test('there is a survey for every occasion, and each is valid', () => {
  expect(surveys.map(({ when }) => when)).toEqual([
    { on: 'visit' },
    { on: 'period', months: 3 },
    { on: 'end' },
    { on: 'after-end', months: 3 },
    { on: 'hand' },
  ])
  for (const survey of surveys) {
    expect(surveySchema.parse(survey)).toEqual(survey)
    const draft = { ...survey, questions: survey.questions.map(({ since: _, ...question }) => question) }
    const previous = survey.version === 1 ? null : { ...survey, version: survey.version - 1 }
    expect(validateSurvey(draft, { previous }), survey.code).toMatchObject({ survey: { code: survey.code } })
    for (const { since } of survey.questions) expect(since).toBeLessThanOrEqual(survey.version)
  }
})

test('each takes less than two minutes, and no answer is required', () => {
  for (const { code, questions } of surveys) {
    expect(questions.length, code).toBeGreaterThanOrEqual(4)
    expect(questions.length, code).toBeLessThanOrEqual(8)
    expect(secondsOf(questions), code).toBeLessThanOrEqual(90)
    expect(questions.filter(({ required }) => required)).toEqual([])
  }
})

test('a low answer about help or respect offers another contact', () => {
  const rescued = surveys.map(({ code, questions }) => [
    code,
    questions.flatMap((question) => (question.rescue ? [question.code] : [])),
  ])
  expect(Object.fromEntries(rescued)).toEqual({
    'after-visit': ['helped', 'respect'],
    interim: ['helped', 'respect'],
    'at-end': ['solved', 'respect'],
    'after-end': ['now', 'helped'],
    'by-hand': ['helped', 'respect'],
  })
})

test('minors have their own wording, and every choice fits on a button with a tick', () => {
  for (const survey of surveys) {
    for (const { ru, en } of wordsIn(survey)) expect([ru.adult, en?.adult]).not.toContain(undefined)
    const asked = [survey.title, ...survey.questions.map(({ words }) => words)]
    for (const { ru, en } of asked) {
      expect([ru.minor, en?.minor], ru.adult).not.toContain(undefined)
      expect(ru.minor).not.toMatch(/(?<!\p{L})(?:вы|вам|вас|вами)(?!\p{L})/iu)
      expect(ru.adult).not.toMatch(/(?<!\p{L})(?:ты|тебе|тебя|тобой)(?!\p{L})/iu)
    }
    const choices = survey.questions.flatMap(({ scale = [], ends = [], options = [] }) => [
      ...scale,
      ...ends,
      ...options.map(({ words }) => words),
    ])
    const labels = choices.flatMap(({ ru, en }) => [ru.adult, ru.minor, en?.adult, en?.minor])
    expect(labels.filter((label) => label !== undefined && [...label].length > 22)).toEqual([])
    for (const question of survey.questions)
      if (question.kind === 'scale') expect(question.scale).toHaveLength(5)
  }
})

test('the kinds of help that helped are asked about once', () => {
  const many = surveys.flatMap(({ questions }) => questions.filter(({ kind }) => kind === 'many'))
  expect(many.map(({ code }) => code)).toEqual(['kinds'])
})
