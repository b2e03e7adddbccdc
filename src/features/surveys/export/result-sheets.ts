import type { Say } from '#core/text.ts'
import { allInKindWords } from '#core/withheld.ts'
import { monthTitle } from '../charts/number-format.ts'
import { type ChartWords, partWords, questionWords } from '../charts/chart-words.ts'
import type { Comment } from '../results/comments.ts'
import type { Figure, Interval, Measure, QuestionResult, SurveyResults } from '../results/survey-result.ts'

/** A cell: text, a number with its decimals, or empty. */
export type SheetCell = string | { number: number; decimals: 0 | 2 | 3 } | null

/** One table of an export, for a workbook or CSV. */
export type ExportSheet = { name: string; heads: string[]; widths: number[]; rows: SheetCell[][] }

const whole = (number: number): SheetCell => ({ number, decimals: 0 })
const share = (number: number): SheetCell => ({ number, decimals: 3 })
const measureCell = ({ of, value }: Measure): SheetCell =>
  of === 'share' ? share(value) : { number: value, decimals: 2 }

type Row = {
  section: 'answers' | 'months' | 'groups'
  question: QuestionResult
  /** The month or the group. */
  group: string
  answer: string
  count: SheetCell
  value: SheetCell
  interval: Interval | null
}

/** All displayed figures of a survey, one per row: answers, months, groups. Suppressed figures are marked as such. */
export const figuresSheet = (results: SurveyResults, words: ChartWords): ExportSheet => {
  const { say } = words
  const head = (name: string) => say.label(`surveyExport.heads.${name}`)
  const rows = results.questions.flatMap((question) => [
    ...answersIn(question, say),
    ...monthsIn(question, say),
    ...groupsIn(results, question, words),
  ])
  return {
    name: say.label('surveyExport.figures'),
    heads: ['section', 'question', 'version', 'group', 'answer', 'count', 'value', 'from', 'to'].map(head),
    widths: [16, 52, 9, 30, 34, 10, 12, 12, 12],
    rows: rows.map(({ section, question, group, answer, count, value, interval }) => [
      say.label(`surveyExport.sections.${section}`),
      questionWords(question, say),
      whole(question.since),
      group,
      answer,
      count,
      value,
      interval && share(interval.from),
      interval && share(interval.to),
    ]),
  }
}

const answersIn = (question: QuestionResult, say: Say): Row[] => {
  const row = { section: 'answers' as const, question, group: '' }
  const { answers } = question
  if (!answers) return [few(row, say)]
  return [
    ...answers.distribution.map((part) => ({
      ...row,
      answer: partWords(part, say),
      count: whole(part.count),
      value: share(part.share),
      interval: part.interval,
    })),
    ...(answers.measure
      ? [figureRow(row, { n: answers.n, measure: answers.measure }, say)]
      : [
          {
            ...row,
            answer: say.label('surveyExport.all'),
            count: whole(answers.n),
            value: null,
            interval: null,
          },
        ]),
    {
      ...row,
      answer: say.label('surveyExport.passed'),
      count: whole(answers.passedOver),
      value: null,
      interval: null,
    },
  ]
}

const monthsIn = (question: QuestionResult, say: Say): Row[] =>
  question.trend.map(({ month, figure }) =>
    figureRow({ section: 'months', question, group: monthTitle(say, month) }, figure, say),
  )

const groupsIn = (
  results: SurveyResults,
  question: QuestionResult,
  { say, groupName }: ChartWords,
): Row[] => {
  const place = results.questions.indexOf(question)
  return results.breakdowns.flatMap(({ by, cells }) =>
    cells.map(({ code, figures }) => {
      const group = `${say.label(`surveyCharts.breakdown.${by}`)}: ${groupName(by, code)}`
      return figureRow({ section: 'groups', question, group }, figures[place] ?? null, say)
    }),
  )
}

type Head = Pick<Row, 'section' | 'question' | 'group'>

const few = (row: Head, say: Say): Row => ({
  ...row,
  answer: say.label('surveyCharts.tooFew'),
  count: null,
  value: null,
  interval: null,
})

const figureRow = (row: Head, figure: Figure | null, say: Say): Row => {
  if (!figure) return few(row, say)
  const { n, measure } = figure
  const answer = !measure
    ? say.label('surveyExport.all')
    : measure.of === 'mean'
      ? say.label('surveyCharts.heads.mean')
      : say.label('surveyCharts.heads.shareYes')
  return {
    ...row,
    answer,
    count: whole(n),
    value: measure && measureCell(measure),
    interval: measure?.interval ?? null,
  }
}

/** The masked comments of families. */
export const commentsSheet = (
  { questions }: SurveyResults,
  comments: readonly Comment[],
  { say, groupName }: ChartWords,
): ExportSheet => {
  const head = (name: string) => say.label(`surveyExport.heads.${name}`)
  const asked = (comment: Comment) => {
    const question = questions.find(({ code, since }) => code === comment.question && since === comment.since)
    return question ? questionWords(question, say) : ''
  }
  return allInKindWords(say, {
    name: say.label('surveyExport.comments'),
    heads: ['week', 'question', 'territory', 'words', 'family'].map(head),
    widths: [12, 44, 30, 90, 12],
    rows: comments.map((comment) => [
      comment.week,
      asked(comment),
      groupName('territory', comment.territory),
      comment.text,
      comment.familyNumber === null ? null : whole(comment.familyNumber),
    ]),
  })
}
