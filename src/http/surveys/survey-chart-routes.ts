import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { toPng } from '#core/png.ts'
import { chartSheet } from '#features/surveys/charts/chart-sheet.ts'
import { type ChartAsked, chartKinds } from '#features/surveys/charts/charts-of.ts'
import { curatorNames, groupNames } from '#features/surveys/results/group-names.ts'
import { surveyResults } from '#features/surveys/results/results.ts'
import { dimensions, type SurveyResults } from '#features/surveys/results/survey-result.ts'
import { codeSchema } from '#surveys/schema.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { resultsQuery } from './survey-results-routes.ts'

const params = z.strictObject({ code: codeSchema })

const chartQuery = resultsQuery
  .safeExtend({
    chart: z.enum(chartKinds),
    question: codeSchema
      .optional()
      .describe(
        'Code of a question, in its newest wording; required for `distribution`, `trend` and `breakdown`',
      ),
    by: z.enum(dimensions).optional().describe('Required for `breakdown`'),
    format: z.enum(['svg', 'png']).default('svg'),
  })
  .refine(({ chart, question }) => isWhole(chart) || question !== undefined, {
    path: ['question'],
    message: 'is required for this chart',
  })
  .refine(({ chart, by }) => chart !== 'breakdown' || by !== undefined, {
    path: ['by'],
    message: 'is required for this chart',
  })
type ChartQuery = z.output<typeof chartQuery>

const isWhole = (chart: (typeof chartKinds)[number]): chart is 'overview' | 'funnel' | 'stopped' =>
  chart === 'overview' || chart === 'funnel' || chart === 'stopped'

/** Survey results as self-contained images. */
export const serveSurveyCharts = (api: Api): void => {
  readRoute(
    api,
    'GET /surveys/:code/chart',
    'surveys:read',
    {
      operationId: 'getSurveyChart',
      tag: 'Surveys',
      summary: 'Draws survey results as a chart',
      description:
        'The figures of `getSurveyResults` as SVG without scripts or styles, or as PNG, 1,000 points wide; readable in black ' +
        'and white. Names curators only if the key also has the scope `staff:read`. Suppressed results give a chart that says so.',
      params,
      query: chartQuery,
      media: ['image/svg+xml', 'image/png'],
      localized: true,
    },
    async ({ deps, caller, params: { code }, query, say }) => {
      const { chart: _, question: __, by: ___, format, ...asked } = query
      const results = await surveyResults(deps.database, {
        query: { code, ...asked },
        reach: { territories: caller.territories, staffId: null },
        minors: caller.scopes.has('surveys:answers'),
        timeZone: deps.region.timeZone,
      })
      const curators = caller.scopes.has('staff:read') ? await curatorNames(deps.database, results) : []
      const words = { say, groupName: groupNames(say, { curators }) }
      const svg = await chartSheet(results, askedIn(query, results), words)
      const file =
        format === 'png'
          ? { type: 'image/png', content: await toPng(svg) }
          : { type: 'image/svg+xml', content: svg }
      return { body: undefined, file }
    },
  )
}

/** Throws `not-found` for an unknown question. */
const askedIn = ({ chart, question: code, by }: ChartQuery, { questions }: SurveyResults): ChartAsked => {
  if (isWhole(chart)) return { kind: chart }
  const wordings = questions.filter((question) => question.code === code)
  const question = wordings.toSorted((a, b) => b.since - a.since)[0]
  if (!question) throw new DomainError('not-found')
  return chart === 'breakdown' ? { kind: chart, question, by: by ?? 'territory' } : { kind: chart, question }
}
