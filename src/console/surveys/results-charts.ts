import type { Chart } from '#features/surveys/charts/chart.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { type ChartAsked, chartOf } from '#features/surveys/charts/charts-of.ts'
import type { ResultsView } from '#features/surveys/results/results-for-staff.ts'
import { dimensions, type QuestionResult } from '#features/surveys/results/survey-result.ts'

/** A drawn chart; `id` prefixes all ids in its SVG. */
export type DrawnChart = { id: string; chart: Chart; svg: string }

/** Draws all charts of the page in one batch, by name; leaves out those without data. */
export const drawAllCharts = async ({
  results,
  words,
  compared,
}: ResultsView): Promise<Map<string, DrawnChart>> => {
  const wanted: [string, ChartAsked][] = [
    ['overview', { kind: 'overview' }],
    ['funnel', { kind: 'funnel' }],
    ['stopped', { kind: 'stopped' }],
    ...results.questions.flatMap((question): [string, ChartAsked][] => [
      [`distribution.${nameOf(question)}`, { kind: 'distribution', question }],
      [`trend.${nameOf(question)}`, { kind: 'trend', question }],
    ]),
    ...dimensions.flatMap((by): [string, ChartAsked][] =>
      compared ? [[`breakdown.${by}`, { kind: 'breakdown', question: compared, by }]] : [],
    ),
  ]
  const charts = wanted.flatMap(([name, asked], index) => {
    const chart = chartOf(results, asked, words)
    return chart ? [{ name, id: `chart${index}`, chart }] : []
  })
  const svgs = await drawCharts(charts.map(({ id, chart }) => ({ id, chart })))
  return new Map(charts.map(({ name, ...one }, index) => [name, { ...one, svg: svgs[index] ?? '' }]))
}

/** Identifies a question in one of its wordings. */
export const nameOf = ({ code, since }: Pick<QuestionResult, 'code' | 'since'>): string => `${code}.${since}`
