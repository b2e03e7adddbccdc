import type { ScaleName } from '#surveys/data.ts'
import type { Words } from '#surveys/schema.ts'
import {
  type EditedBounds,
  type EditedQuestion,
  type EditedSurvey,
  noBounds,
  noWords,
  typedWords,
} from './edited-survey.ts'

// What the buttons of the editor do to a survey. All of it is pure.

const blank: Omit<EditedQuestion, 'code'> = {
  ...{ kind: 'scale', words: noWords, required: false, scale: [], ends: [], options: [] },
  ...{ showIf: [], rescue: noBounds },
}

/** The next code with this letter that nobody has had: `q7`. */
const freshCode = (letter: string, taken: Iterable<string>): string => {
  const numbers = [...taken].map((code) => Number(new RegExp(`^${letter}(\\d{1,6})$`).exec(code)?.[1] ?? 0))
  return `${letter}${Math.max(0, ...numbers) + 1}`
}

/** Adds an empty question at the end, under a code that no version has had. */
export const withQuestion = (
  survey: EditedSurvey,
  taken: Iterable<string>,
): { survey: EditedSurvey; code: string } => {
  const code = freshCode('q', [...taken, ...survey.questions.map((one) => one.code)])
  return { survey: { ...survey, questions: [...survey.questions, { ...blank, code }] }, code }
}

/** Moves a question by so many places; the ends hold. */
export const movedQuestion = (survey: EditedSurvey, code: string, by: number): EditedSurvey => {
  const from = survey.questions.findIndex((one) => one.code === code)
  const [one, other] = [survey.questions[from], survey.questions[from + by]]
  if (!one || !other) return survey
  return { ...survey, questions: survey.questions.with(from, other).with(from + by, one) }
}

export const withoutQuestion = (survey: EditedSurvey, code: string): EditedSurvey =>
  tidied({ ...survey, questions: survey.questions.filter((one) => one.code !== code) })

/** Types over a question. Options without any words are gone; new ones get a code of their own. */
export const questionTyped = (
  survey: EditedSurvey,
  code: string,
  typed: Partial<Omit<EditedQuestion, 'code'>>,
): EditedSurvey =>
  tidied({
    ...survey,
    questions: survey.questions.map((one) => {
      if (one.code !== code) return one
      const next = { ...one, ...typed }
      return { ...next, options: withCodes(next.options, one.options) }
    }),
  })

const withCodes = (
  options: EditedQuestion['options'],
  before: EditedQuestion['options'],
): EditedQuestion['options'] => {
  const taken = new Set([...before, ...options].map(({ code }) => code))
  return options
    .filter(({ words }) => Object.values(words).join('').trim() !== '')
    .map((option) => {
      if (option.code !== '') return option
      const code = freshCode('a', taken)
      taken.add(code)
      return { ...option, code }
    })
}

/** Puts the labels of a ready scale into a question. */
export const withScale = (survey: EditedSurvey, code: string, labels: readonly Words[]): EditedSurvey =>
  questionTyped(survey, code, { scale: labels.map(typedWords) })

/** Whether the labels of a question are those of a ready scale; null: its own, or none. */
export const scaleIn = (
  { scale }: EditedQuestion,
  ready: readonly { name: ScaleName; labels: readonly Words[] }[],
): ScaleName | null =>
  ready.find(({ labels }) => JSON.stringify(labels.map(typedWords)) === JSON.stringify(scale))?.name ?? null

/** No condition names a question or an answer that is no more, and each bound is of the kind that its question has. */
const tidied = (survey: EditedSurvey): EditedSurvey => {
  const byCode = new Map(survey.questions.map((one) => [one.code, one]))
  return {
    ...survey,
    questions: survey.questions.map((one) => ({
      ...one,
      showIf: one.showIf.flatMap((test) => {
        const of = byCode.get(test.question)
        const bounds = of ? boundsFor(of, test) : noBounds
        return bounds.atMost + bounds.atLeast === '' && bounds.is.length === 0
          ? []
          : [{ question: test.question, ...bounds }]
      }),
      rescue: boundsFor(one, one.rescue),
    })),
  }
}

/** The codes that an answer to a question may have; null: it is a number, or words. */
export const answerCodes = ({ kind, options }: EditedQuestion): string[] | null => {
  if (kind === 'yes-no') return ['yes', 'no']
  return kind === 'one' || kind === 'many' ? options.map(({ code }) => code) : null
}

const boundsFor = (question: EditedQuestion, { atMost, atLeast, is }: EditedBounds): EditedBounds => {
  const codes = answerCodes(question)
  if (codes) return { ...noBounds, is: is.filter((code) => codes.includes(code)) }
  return question.kind === 'text' ? noBounds : { atMost, atLeast, is: [] }
}
