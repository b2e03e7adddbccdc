import { DomainError } from '#core/errors.ts'
import type { Database } from '#storage/database.ts'
import { asReader, type ReaderScope } from '#storage/surveys/survey-reader.ts'
import { countedTimes, type SumRow } from '#storage/surveys/survey-results.ts'
import { versionsOf } from '#storage/surveys/surveys.ts'
import type { Question, Survey } from '#surveys/schema.ts'
import { breakdownsOf } from './breakdowns.ts'
import { answeredIn, figureOf, keyOfQuestion, measureOf, partsOf, passedIn } from './figures.ts'
import { funnelOf } from './results-funnel.ts'
import { monthsOf } from './months.ts'
import type { QuestionResult, ResultsQuery, SurveyResults } from './survey-result.ts'
import { visibleSums, setsKey, type SuppressedSums } from './suppression.ts'
import { sliceOf } from './slices.ts'
import { medianOf } from './statistics.ts'

/**
 * The aggregated results of a survey. `minors`: includes answers of minors; for supervisors only. Throws `not-found`
 * for an unknown survey or version; territories out of reach have no answers.
 */
export const surveyResults = async (
  database: Database,
  {
    query,
    reach,
    minors,
    timeZone,
  }: { query: ResultsQuery; reach: ReaderScope; minors: boolean; timeZone: string },
): Promise<SurveyResults> => {
  const versions = (await versionsOf(database, query.code)).map(({ survey }) => survey)
  const [newest] = versions
  const asked =
    query.version === undefined ? versions : versions.filter(({ version }) => version === query.version)
  if (!newest || asked.length === 0) throw new DomainError('not-found')
  return asReader(database, minors ? 'supervisor' : 'results', reach, async (reading) => {
    const { code: surveyCode, territory } = query
    const of = { surveyCode, from: `${query.from}-01`, until: `${query.until}-01`, territory }
    const slice = sliceOf(query)
    const sumsOf = await visibleSums(reading, { ...of, slice, months: monthsOf(query) })
    const whole = sumsOf(setsKey)
    const head = { code: query.code, version: newest.version, title: newest.title, query, minors }
    const questions = questionsOf(asked)
    if (!whole.total.row || !whole.total.shown)
      return { ...head, sets: null, funnel: null, questions: questions.map(hidden), breakdowns: [] }
    const perQuestion = questions
      .map((question) => ({ question, sums: sumsOf(keyOfQuestion(question)) }))
      .filter(({ question, sums }) => isOf(asked[0] ?? newest, question) || sums.total.row)
    const times = slice === undefined ? await countedTimes(reading, of) : []
    return {
      ...head,
      sets: answeredIn(whole.total.row),
      funnel: await funnelOf(reading, { of: { ...of, timeZone }, slice, survey: asked[0] ?? newest, times }),
      questions: perQuestion.map(({ question, sums }) => resultOf(question, sums)),
      breakdowns: breakdownsOf(query, { whole, perQuestion }),
    }
  })
}

const isOf = ({ questions }: Survey, { code, since }: Question): boolean =>
  questions.some((one) => one.code === code && one.since === since)

/** Each wording once, from its newest version. */
const questionsOf = (versions: readonly Survey[]): Question[] => {
  const found = new Map<string, Question>()
  for (const question of versions.flatMap(({ questions }) => questions)) {
    const key = keyOfQuestion(question)
    if (!found.has(key)) found.set(key, question)
  }
  return [...found.values()]
}

const hidden = ({ code, since, kind, words }: Question): QuestionResult => ({
  code,
  since,
  kind,
  words,
  answers: null,
  trend: [],
})

const resultOf = (question: Question, { total, months }: SuppressedSums): QuestionResult => ({
  ...hidden(question),
  answers: total.row && total.shown ? answersOf(question, total.row) : null,
  trend: [...months].map(([month, { row, shown }]) => ({
    month,
    figure: row && shown ? figureOf(question.kind, row) : null,
  })),
})

const answersOf = (question: Question, row: SumRow): QuestionResult['answers'] => {
  const distribution = partsOf(question, row)
  const ordered = question.kind === 'scale' || question.kind === 'ten'
  return {
    n: answeredIn(row),
    passedOver: passedIn(row),
    distribution,
    measure: measureOf(question.kind, row),
    median: ordered ? medianOf(distribution) : null,
  }
}
