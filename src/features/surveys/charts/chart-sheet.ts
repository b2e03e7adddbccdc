import type { SurveyResults } from '../results/survey-result.ts'
import { wordsFor } from '../spoken-questions.ts'
import { type ChartAsked, chartOf } from './charts-of.ts'
import { drawCharts } from './charts.ts'
import { monthTitle } from './number-format.ts'
import { drawSheet } from './contact-sheet.ts'
import { type ChartWords, questionWords } from './chart-words.ts'

/** A standalone chart as SVG; if too few families answered, a picture that says so. */
export const chartSheet = async (
  results: SurveyResults,
  asked: ChartAsked,
  words: ChartWords,
): Promise<string> => {
  const { say } = words
  const { query } = results
  const subtitle = say.label('surveyCharts.subtitle', {
    survey: wordsFor(results.title, { language: say.language, minor: false }),
    from: monthTitle(say, query.from),
    until: monthTitle(say, query.until),
  })
  const id = 'chart'
  const chart = chartOf(results, asked, words)
  if (!chart) {
    const title = 'question' in asked ? questionWords(asked.question, say) : say.label('surveyCharts.nothing')
    return drawSheet({ id, title, subtitle: `${subtitle}. ${say.label('surveyCharts.few')}`, charts: [] })
  }
  const [svg = ''] = await drawCharts([{ id, chart }])
  const { title, description } = chart
  return drawSheet({ id, title, subtitle, charts: [{ title, description, svg }] })
}
