import type { QuestionKind } from '#surveys/schema.ts'
import type { QuestionResult } from '../results/survey-result.ts'
import type { Chart, BarStyle } from './chart.ts'
import { between, percent, shares, whole } from './number-format.ts'
import { type ChartWords, partWords, questionWords } from './chart-words.ts'

/** The distribution of answers to one question. Null for free text, or if too few have answered. */
export const distributionChart = (question: QuestionResult, { say }: ChartWords): Chart | null => {
  const { answers, kind } = question
  if (!answers || answers.distribution.length === 0) return null
  const counts = { count: answers.n, passed: answers.passedOver }
  const many = kind === 'many' ? ` ${say.label('surveyCharts.distribution.many')}` : ''
  return {
    title: questionWords(question, say),
    description: `${say.label('surveyCharts.distribution.description', counts)}${many}`,
    drawing: {
      kind: 'bars',
      axis: shares(say),
      across: null,
      bars: answers.distribution.map((part) => ({
        label: partWords(part, say),
        note: `${percent(say, part.share)} · ${whole(say, part.count)}`,
        value: part.share,
        interval: part.interval,
        style: styleOf(kind, part.value),
      })),
    },
    table: {
      heads: [
        say.label('surveyCharts.heads.answer'),
        say.label('surveyCharts.heads.count'),
        say.label('surveyCharts.heads.share'),
        say.label('surveyCharts.heads.interval'),
      ],
      rows: answers.distribution.map((part) => [
        partWords(part, say),
        whole(say, part.count),
        percent(say, part.share),
        between(say, 'share', part.interval),
      ]),
    },
  }
}

const steps: readonly BarStyle[] = ['step-1', 'step-2', 'step-3', 'step-4', 'step-5']

const styleOf = (kind: QuestionKind, value: number): BarStyle =>
  kind === 'scale' ? (steps[value - 1] ?? 'plain') : 'plain'
