import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type DraftQuestion, draftSchema, type SurveyDraft } from '#surveys/draft.ts'
import { longestSeconds, mostQuestions, type Survey } from '#surveys/schema.ts'
import { faultAt, formFaults, type ReadQuestion, type SurveyFault } from './survey-errors.ts'
import { conditionFaults } from './validate-conditions.ts'
import { questionFaults, missingMinorWords } from './validate-questions.ts'
import { secondsOf } from './estimated-time.ts'

export type SurveyValidation = { survey: Survey } | { problems: SurveyFault[] }

const head = draftSchema.omit({ questions: true })
const draftQuestion = draftSchema.shape.questions.element
/** Only this many questions are validated. */
const mostValidated = 200

/**
 * Returns the survey to store, or all its errors at once in document order. `previous`: the version it follows, or
 * null for a new survey. Pure.
 */
export const validateSurvey = (
  given: unknown,
  { previous }: { previous: Survey | null },
): SurveyValidation => {
  const { questions: _, ...rest } = partsOf(given)
  const read = head.safeParse(rest)
  const questions = questionsOf(given)
  const problems = [
    ...(read.success ? headFaults(read.data, previous) : formFaults('#', read.error)),
    ...(questions ? listFaults(questions) : [faultAt('#', ['questions', 'form', 'not a list'])]),
    ...(questions ?? []).flatMap((question, index) =>
      faultsOfQuestion(questions ?? [], { question, index, minors: partsOf(given).audience === 'minors' }),
    ),
  ]
  if (problems.length > 0) return { problems }
  return { survey: withSince(draftSchema.parse(given), previous) }
}

const partsOf = (given: unknown): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).catch({}).parse(given)

const questionsOf = (given: unknown): ReadQuestion[] | undefined => {
  const list = z.array(z.unknown()).safeParse(partsOf(given).questions)
  return list.data?.slice(0, mostValidated).map((one, index) => {
    const read = draftQuestion.safeParse(one)
    const faults = read.success ? [] : formFaults(`#/questions/${index}`, read.error)
    return { code: z.string().safeParse(partsOf(one).code).data, question: read.data, faults }
  })
}

const headFaults = (
  { version, audience, title }: Omit<SurveyDraft, 'questions'>,
  previous: Survey | null,
): SurveyFault[] => [
  ...(version === (previous?.version ?? 0) + 1 ? [] : [faultAt('#', ['version', 'version'])]),
  ...(audience === 'minors' ? missingMinorWords('title', title).map((found) => faultAt('#', found)) : []),
]

const listFaults = (read: readonly ReadQuestion[]): SurveyFault[] => {
  const at = (code: 'no-questions' | 'too-many-questions' | 'too-long') => faultAt('#', ['questions', code])
  if (read.length === 0) return [at('no-questions')]
  const long = secondsOf(read.flatMap(({ question }) => question ?? [])) > longestSeconds
  return [
    ...(read.length > mostQuestions ? [at('too-many-questions')] : []),
    ...(long ? [at('too-long')] : []),
  ]
}

const faultsOfQuestion = (
  all: readonly ReadQuestion[],
  { question: read, index, minors }: { question: ReadQuestion; index: number; minors: boolean },
): SurveyFault[] => {
  const { code, question, faults } = read
  const twice = code !== undefined && all.findIndex((one) => one.code === code) < index
  const found = [
    ...(twice ? [['code', 'twice'] as const] : []),
    ...(question ? questionFaults(question, minors) : []),
    ...(question ? conditionFaults(all, index, question) : []),
  ]
  return [...faults, ...found.map((one) => faultAt(`#/questions/${index}`, [...one]))]
}

/** A question whose wording or choices changed is counted separately from this version on. */
const withSince = ({ questions, ...draft }: SurveyDraft, previous: Survey | null): Survey => ({
  ...draft,
  questions: questions.map((question) => {
    const before = previous?.questions.find(({ code }) => code === question.code)
    const same = before !== undefined && isDeepStrictEqual(asAsked(before), asAsked(question))
    return { ...question, since: same ? before.since : draft.version }
  }),
})

const asAsked = ({ kind, words, scale, options, ends }: DraftQuestion) => ({
  kind,
  words,
  scale,
  options,
  ends,
})
