import type { Chart } from '#features/surveys/charts/chart.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { type ChartAsked, chartOf } from '#features/surveys/charts/charts-of.ts'
import type { ResultsView } from '#features/surveys/results/results-for-staff.ts'
import { dimensions, type QuestionResult } from '#features/surveys/results/survey-result.ts'
import type { ResultPart } from './tabs.ts'

type Wanted = [name: string, asked: ChartAsked]

/** A drawn chart; `id` prefixes all ids in its SVG. */
export type DrawnChart = { id: string; chart: Chart; svg: string }

const wanted = {
  results: () => [['overview', { kind: 'overview' }]],
  questions: ({ results }) =>
    results.questions.flatMap((question): Wanted[] => [
      [`distribution.${nameOf(question)}`, { kind: 'distribution', question }],
      [`trend.${nameOf(question)}`, { kind: 'trend', question }],
    ]),
  groups: ({ compared }) => [
    ['funnel', { kind: 'funnel' }],
    ['stopped', { kind: 'stopped' }],
    ...dimensions.flatMap((by): Wanted[] =>
      compared ? [[`breakdown.${by}`, { kind: 'breakdown', question: compared, by }]] : [],
    ),
  ],
} as const satisfies Record<ResultPart, (view: ResultsView) => Wanted[]>

/** Draws the charts of a page in one batch, by name; leaves out those without data. */
export const drawChartsOf = async (part: ResultPart, view: ResultsView): Promise<Map<string, DrawnChart>> => {
  const charts = wanted[part](view).flatMap(([name, asked], index) => {
    const chart = chartOf(view.results, asked, view.words)
    return chart ? [{ name, id: `chart${index}`, chart }] : []
  })
  const svgs = await drawCharts(charts.map(({ id, chart }) => ({ id, chart })))
  return new Map(charts.map(({ name, ...one }, index) => [name, { ...one, svg: svgs[index] ?? '' }]))
}

/** Identifies a question in one of its wordings. */
export const nameOf = ({ code, since }: Pick<QuestionResult, 'code' | 'since'>): string => `${code}.${since}`
