import type { Say } from '#core/text.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { drawSheet } from '#features/surveys/charts/contact-sheet.ts'
import { monthTrend } from '#features/surveys/charts/month-trend.ts'
import { monthTitle } from '#features/surveys/charts/number-format.ts'
import type { Region } from '#regions/schema.ts'
import type { Line, RegisterMonths } from './by-month.ts'
import { registerWords } from './register-words.ts'

/** A register by month, as SVG: a chart for each of its lines. */
export const registerPicture = async (
  { rule, months, lines }: RegisterMonths,
  { say, region }: { say: Say; region: Pick<Region, 'code'> },
): Promise<string> => {
  const words = registerWords(say, region, rule)
  const cases = rule.rows === 'cases'
  const chartOf = ({ code, values, hidden }: Line) =>
    monthTrend(say, {
      title: cases ? say.label(`registers.picture.${code}`) : words.row(code),
      description: [
        say.label(`registers.picture.about.${cases ? code : rule.rows}`),
        ...(hidden ? [say.label('registers.picture.hidden')] : []),
      ].join(' '),
      tooFew: say.label('quarterlyReport.hidden'),
      points: months.map((month, place) => ({ month, value: values[place] ?? null })),
    })
  const charts = lines.map(chartOf)
  const drawn = await drawCharts(charts.map((chart, place) => ({ id: `register-${place}`, chart })))
  const subtitle = say.label('surveyCharts.subtitle', {
    survey: say.label('registers.picture.subtitle'),
    from: monthTitle(say, months[0] ?? ''),
    until: monthTitle(say, months.at(-1) ?? ''),
  })
  return drawSheet({
    ...{ id: 'register', title: words.name, subtitle },
    charts: charts.map((chart, place) => ({ ...chart, svg: drawn[place] ?? '' })),
  })
}
