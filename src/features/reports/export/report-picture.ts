import type { Say } from '#core/text.ts'
import type { Chart } from '#features/surveys/charts/chart.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { drawSheet } from '#features/surveys/charts/contact-sheet.ts'
import { monthName, monthTitle, whole } from '#features/surveys/charts/number-format.ts'
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

const chartOf = (months: readonly ShownMonth[], line: (typeof lines)[number], say: Say): Chart => {
  const tooFew = say.label('quarterlyReport.hidden')
  const most = Math.max(1, ...months.map((month) => month[line] ?? 0))
  const points = months.map((month) => {
    const value = month[line]
    const label = monthName(say, month.month, false)
    return { label, note: value === null ? tooFew : whole(say, value), value, interval: null }
  })
  const title = say.label(`quarterlyReport.picture.${line}`)
  return {
    title,
    description: say.label(`quarterlyReport.picture.about.${line}`),
    table: {
      heads: [say.label('surveyCharts.heads.month'), title],
      rows: points.map(({ label, note }) => [label, note]),
    },
    drawing: {
      kind: 'trend',
      axis: { min: 0, max: most, ends: [whole(say, 0), whole(say, most)] },
      points,
      tooFew,
    },
  }
}
