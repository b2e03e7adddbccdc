import { wordsFor } from '../spoken-questions.ts'
import type { SurveyResults } from '../results/survey-result.ts'
import type { Chart } from './chart.ts'
import { percent, shares, whole } from './number-format.ts'
import type { ChartWords } from './chart-words.ts'

const steps = ['invited', 'opened', 'started', 'finished'] as const

/** How far invited members got. Null if nobody was invited, or too few. */
export const funnelChart = ({ funnel }: SurveyResults, { say }: ChartWords): Chart | null => {
  if (!funnel || funnel.invited === 0) return null
  const lines = steps.map((step) => ({
    label: say.label(`surveyCharts.funnel.${step}`),
    count: funnel[step],
  }))
  return countsOf(lines, funnel.invited, {
    say,
    title: say.label('surveyCharts.funnel.title'),
    description: say.label('surveyCharts.funnel.description'),
    head: say.label('surveyCharts.heads.step'),
  })
}

/** The question after which members stopped. Null if nobody stopped, or too few. */
export const stoppedChart = ({ funnel }: SurveyResults, { say }: ChartWords): Chart | null => {
  const stopped = funnel?.stopped.filter(({ count }) => count > 0) ?? []
  if (!funnel || stopped.length === 0) return null
  const lines = stopped.map(({ words, count }) => ({
    label: wordsFor(words, { language: say.language, minor: false }),
    count,
  }))
  return countsOf(lines, funnel.started, {
    say,
    title: say.label('surveyCharts.stopped.title'),
    description: say.label('surveyCharts.stopped.description'),
    head: say.label('surveyCharts.heads.question'),
  })
}

type Around = { say: ChartWords['say']; title: string; description: string; head: string }

const countsOf = (
  lines: readonly { label: string; count: number }[],
  of: number,
  { say, title, description, head }: Around,
): Chart => {
  const shareOf = (count: number) => (of > 0 ? count / of : 0)
  return {
    title,
    description,
    drawing: {
      kind: 'bars',
      axis: shares(say),
      across: null,
      bars: lines.map(({ label, count }) => ({
        label,
        note: `${percent(say, shareOf(count))} · ${whole(say, count)}`,
        value: shareOf(count),
        interval: null,
        style: 'plain',
      })),
    },
    table: {
      heads: [head, say.label('surveyCharts.heads.count'), say.label('surveyCharts.heads.share')],
      rows: lines.map(({ label, count }) => [label, whole(say, count), percent(say, shareOf(count))]),
    },
  }
}
