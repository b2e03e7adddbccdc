import { DomainError } from '#core/errors.ts'
import type { Database } from '#storage/database.ts'
import { type Reach, type Reading, asReader } from '#storage/survey-reader.ts'
import { countedValues, type Sums, type SumRow } from '#storage/survey-results.ts'
import { timeTaken } from '#storage/survey-tallies.ts'
import { versionsOf } from '#storage/surveys.ts'
import type { Question, Survey } from '#surveys/schema.ts'
import { breakdownsOf } from './breakdowns.ts'
import { figureOf, keyOf, keyOfQuestion, measureOf, partsOf } from './figures.ts'
import { funnelOf } from './funnel.ts'
import { monthsOf } from './months.ts'
import type { QuestionResult, ResultsQuery, SurveyResults } from './result.ts'
import { seeSums, sets, type Sight } from './sight.ts'
import { sliceOf } from './slices.ts'
import { medianOf } from './statistics.ts'
import { seeTrend, type Trend } from './trend.ts'

/**
 * What is known of the answers to a survey. `minors`: what minors sent too; for supervisors only. Throws `not-found` for
 * a survey or version that there is not; territories that are not reached have no answers.
 */
export const surveyResults = async (
  database: Database,
  {
    query,
    reach,
    minors,
    timeZone,
  }: { query: ResultsQuery; reach: Reach; minors: boolean; timeZone: string },
): Promise<SurveyResults> => {
  const versions = (await versionsOf(database, query.code)).map(({ survey }) => survey)
  const [newest] = versions
  const asked =
    query.version === undefined ? versions : versions.filter(({ version }) => version === query.version)
  if (!newest || asked.length === 0) throw new DomainError('not-found')
  return asReader(database, minors ? 'supervisor' : 'results', reach, async (reading) => {
    const slice = sliceOf(query)
    const { code: surveyCode, territory } = query
    const of = { surveyCode, from: `${query.from}-01`, until: `${query.until}-01`, territory }
    const see = await seeSums(reading, { ...of, slice })
    const whole = see(sets)
    const head = { code: query.code, version: newest.version, title: newest.title, query, minors }
    const questions = questionsOf(asked)
    if (!whole.total.shown)
      return { ...head, sets: null, funnel: null, questions: questions.map(hidden), breakdowns: [] }
    const months = monthsOf(query)
    const own = { ...of, slice: slice ?? 'all' }
    const trend = await seeTrend(reading, { of: own, months, total: whole.total })
    const counted = await countedBy(reading, own)
    const sights = questions.map((question) => ({
      question,
      sight: see(keyOfQuestion(question)),
    }))
    const told = sights.filter(
      ({ question, sight }) => isOf(asked[0] ?? newest, question) || sight.total.row !== undefined,
    )
    return {
      ...head,
      sets: whole.total.row?.n ?? 0,
      funnel: await funnelOf(reading, {
        query,
        survey: newest,
        timeZone,
        times: counted.get(`${timeTaken}.0`),
      }),
      questions: told.map(({ question, sight }) => resultOf(question, { sight, trend, counted })),
      breakdowns: breakdownsOf(query, { whole, sights: told }),
    }
  })
}

const isOf = ({ questions }: Survey, { code, since }: Question): boolean =>
  questions.some((one) => one.code === code && one.since === since)

/** Each wording once, as its newest version has it. */
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

type Counted = ReadonlyMap<string, ReadonlyMap<number, number>>

const countedBy = async (reading: Reading, of: Sums): Promise<Counted> => {
  const found = new Map<string, Map<number, number>>()
  for (const { value, count, ...row } of await countedValues(reading, of)) {
    const values = found.get(keyOf(row)) ?? new Map<number, number>()
    found.set(keyOf(row), values.set(value, count))
  }
  return found
}

const resultOf = (
  question: Question,
  { sight, trend, counted }: { sight: Sight; trend: Trend; counted: Counted },
): QuestionResult => {
  const { kind } = question
  const key = keyOfQuestion(question)
  const { row, shown } = sight.total
  return {
    ...hidden(question),
    answers: row && shown ? answersOf(question, row, counted.get(key) ?? new Map()) : null,
    trend: trend(key, sight.total).map(({ month, seen }) => ({
      month,
      figure: seen.row && seen.shown ? figureOf(kind, seen.row) : null,
    })),
  }
}

const answersOf = (question: Question, row: SumRow, counted: ReadonlyMap<number, number>) => {
  const distribution = partsOf(question, counted, row.n)
  const ordered = question.kind === 'scale' || question.kind === 'ten'
  return {
    n: row.n,
    passedOver: row.passed,
    distribution,
    measure: measureOf(question.kind, row),
    median: ordered ? medianOf(distribution) : null,
  }
}
