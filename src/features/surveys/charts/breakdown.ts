import type { Dimension, QuestionResult, SurveyResults } from '../results/survey-result.ts'
import type { Chart } from './chart.ts'
import { axisOf, between, measured, whole } from './number-format.ts'
import { type ChartWords, questionWords } from './chart-words.ts'

/**
 * Compares groups of families on one question. Null if the question has no single figure, or results are not broken
 * down by this dimension.
 */
export const breakdownChart = (
  { questions, breakdowns }: SurveyResults,
  { question, by }: { question: QuestionResult; by: Dimension },
  { say, groupName }: ChartWords,
): Chart | null => {
  const place = questions.findIndex(({ code, since }) => code === question.code && since === question.since)
  const cells = breakdowns.find((one) => one.by === by)?.cells ?? []
  const all = question.answers?.measure
  if (!all || cells.length === 0) return null
  const tooFew = say.label('surveyCharts.tooFew')
  const groups = cells.map(({ code, figures }) => ({
    name: groupName(by, code),
    figure: figures[place] ?? null,
  }))
  return {
    title: say.label(`surveyCharts.breakdown.${by}`),
    description: say.label('surveyCharts.breakdown.description', { question: questionWords(question, say) }),
    drawing: {
      kind: 'bars',
      axis: axisOf(say, question.kind),
      across: { value: all.value, label: say.label('surveyCharts.all', { value: measured(say, all) }) },
      bars: groups.map(({ name, figure }) =>
        figure?.measure
          ? {
              label: name,
              note: `${measured(say, figure.measure)} · ${whole(say, figure.n)}`,
              value: figure.measure.value,
              interval: figure.measure.interval,
              style: 'plain',
            }
          : { label: name, note: tooFew, value: null, interval: null, style: 'few' },
      ),
    },
    table: {
      heads: [
        say.label('surveyCharts.heads.group'),
        all.of === 'mean' ? say.label('surveyCharts.heads.mean') : say.label('surveyCharts.heads.shareYes'),
        say.label('surveyCharts.heads.interval'),
        say.label('surveyCharts.heads.answers'),
      ],
      rows: groups.map(({ name, figure }) =>
        figure?.measure
          ? [
              name,
              measured(say, figure.measure),
              between(say, all.of, figure.measure.interval),
              whole(say, figure.n),
            ]
          : [name, tooFew, '', ''],
      ),
    },
  }
}
