import type { Dimension, QuestionResult, SurveyResults } from '../results/survey-result.ts'
import { breakdownChart } from './breakdown.ts'
import type { Chart } from './chart.ts'
import { distributionChart } from './distribution.ts'
import { funnelChart, stoppedChart } from './funnel.ts'
import { overviewChart } from './overview.ts'
import { trendChart } from './trend.ts'
import type { ChartWords } from './chart-words.ts'

export const chartKinds = ['overview', 'funnel', 'stopped', 'distribution', 'trend', 'breakdown'] as const

export type ChartAsked =
  | { kind: 'overview' | 'funnel' | 'stopped' }
  | { kind: 'distribution' | 'trend'; question: QuestionResult }
  | { kind: 'breakdown'; question: QuestionResult; by: Dimension }

/** Builds a chart. Null if there is nothing to draw, or too few have answered. */
export const chartOf = (results: SurveyResults, asked: ChartAsked, words: ChartWords): Chart | null => {
  switch (asked.kind) {
    case 'overview':
      return overviewChart(results, words)
    case 'funnel':
      return funnelChart(results, words)
    case 'stopped':
      return stoppedChart(results, words)
    case 'distribution':
      return distributionChart(asked.question, words)
    case 'trend':
      return trendChart(asked.question, words)
    case 'breakdown':
      return breakdownChart(results, asked, words)
  }
}
