import type { Say } from '#core/text.ts'
import type { Chart } from '#features/surveys/charts/chart.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { drawSheet } from '#features/surveys/charts/contact-sheet.ts'
import { monthTrend } from '#features/surveys/charts/month-trend.ts'
import { monthTitle } from '#features/surveys/charts/number-format.ts'
import type { ShownMonth } from '../month-flow.ts'

const lines = ['atEnd', 'accepted', 'closed'] as const

/** How many families there were, came and left by month, as SVG. */
export const reportPicture = async (
  months: readonly ShownMonth[],
  { say, title }: { say: Say; title: string },
): Promise<string> => {
  const charts = lines.map((line) => chartOf(months, line, say))
  const drawn = await drawCharts(charts.map((chart, place) => ({ id: `report-${lines[place]}`, chart })))
  const [first, last] = [months[0], months.at(-1)]
  const subtitle = say.label('surveyCharts.subtitle', {
    survey: say.label('quarterlyReport.picture.subtitle'),
    from: first ? monthTitle(say, first.month) : '',
    until: last ? monthTitle(say, last.month) : '',
  })
  return drawSheet({
    ...{ id: 'report', title, subtitle },
    charts: charts.map((chart, place) => ({ ...chart, svg: drawn[place] ?? '' })),
  })
}

const chartOf = (months: readonly ShownMonth[], line: (typeof lines)[number], say: Say): Chart =>
  monthTrend(say, {
    title: say.label(`quarterlyReport.picture.${line}`),
    description: say.label(`quarterlyReport.picture.about.${line}`),
    tooFew: say.label('quarterlyReport.hidden'),
    points: months.map((month) => ({ month: month.month, value: month[line] })),
  })
