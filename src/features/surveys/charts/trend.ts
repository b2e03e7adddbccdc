import type { QuestionResult } from '../results/survey-result.ts'
import type { Chart } from './chart.ts'
import { axisOf, between, measured, monthName, whole } from './number-format.ts'
import { type ChartWords, questionWords } from './chart-words.ts'

/** One figure per month. Null for kinds of questions without one, or with less than two months to compare. */
export const trendChart = (question: QuestionResult, { say }: ChartWords): Chart | null => {
  const { trend, kind } = question
  const known = trend.filter(({ figure }) => figure?.measure)
  if (known.length === 0 || trend.length < 2) return null
  const of = known[0]?.figure?.measure?.of ?? 'mean'
  const years = new Set(trend.map(({ month }) => month.slice(0, 4))).size > 1
  const tooFew = say.label('surveyCharts.tooFew')
  const months = trend.map(({ month, figure }) => ({ label: monthName(say, month, years), figure }))
  return {
    title: questionWords(question, say),
    description:
      of === 'mean'
        ? say.label('surveyCharts.trend.description')
        : say.label('surveyCharts.trend.descriptionShare'),
    drawing: {
      kind: 'trend',
      axis: axisOf(say, kind),
      tooFew,
      points: months.map(({ label, figure }) => ({
        label,
        note: figure?.measure ? measured(say, figure.measure) : tooFew,
        value: figure?.measure?.value ?? null,
        interval: figure?.measure?.interval ?? null,
      })),
    },
    table: {
      heads: [
        say.label('surveyCharts.heads.month'),
        of === 'mean' ? say.label('surveyCharts.heads.mean') : say.label('surveyCharts.heads.shareYes'),
        say.label('surveyCharts.heads.interval'),
        say.label('surveyCharts.heads.answers'),
      ],
      rows: months.map(({ label, figure }) =>
        figure?.measure
          ? [
              label,
              measured(say, figure.measure),
              between(say, of, figure.measure.interval),
              whole(say, figure.n),
            ]
          : [label, tooFew, '', ''],
      ),
    },
  }
}
