import type { QuestionResult, SurveyResults } from '../results/survey-result.ts'
import type { Chart, StackChart } from './chart.ts'
import { measured, percent } from './number-format.ts'
import { type ChartWords, questionWords } from './chart-words.ts'

const values = [1, 2, 3, 4, 5] as const

/** Compares all five-step questions. Null if there are none, or too few have answered any of them. */
export const overviewChart = ({ questions }: SurveyResults, { say }: ChartWords): Chart | null => {
  const scales = questions.filter(({ kind }) => kind === 'scale')
  if (!scales.some(({ answers }) => answers)) return null
  const tooFew = say.label('surveyCharts.tooFew')
  const legend: StackChart['legend'] = [
    { style: 'step-1', label: say.label('surveyCharts.overview.worst') },
    { style: 'step-2', label: '2' },
    { style: 'step-3', label: '3' },
    { style: 'step-4', label: '4' },
    { style: 'step-5', label: say.label('surveyCharts.overview.best') },
  ]
  const noteOf = ({ answers }: QuestionResult) => (answers?.measure ? measured(say, answers.measure) : '')
  const partsOf = ({ answers }: QuestionResult) =>
    answers?.distribution.map(({ share }) => ({ share, note: percent(say, share) })) ?? null
  return {
    title: say.label('surveyCharts.overview.title'),
    description: say.label('surveyCharts.overview.description'),
    drawing: {
      kind: 'stack',
      tooFew,
      legend,
      lines: scales.map((one) => ({
        label: questionWords(one, say),
        note: noteOf(one),
        parts: partsOf(one),
      })),
    },
    table: {
      heads: [
        say.label('surveyCharts.heads.question'),
        ...values.map(String),
        say.label('surveyCharts.heads.mean'),
      ],
      rows: scales.map((one) => [
        questionWords(one, say),
        ...values.map((_, index) => partsOf(one)?.[index]?.note ?? tooFew),
        noteOf(one) || tooFew,
      ]),
    },
  }
}
