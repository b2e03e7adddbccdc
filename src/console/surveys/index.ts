import { z } from 'zod'
import { commentsForStaff, resultsForStaff } from '#features/surveys/results/results-for-staff.ts'
import { resultsFilterOf, setResultsFilter } from '#storage/surveys/results-filter.ts'
import { type Console, download, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { fileOf, resultFiles } from './result-files.ts'
import { drawChartsOf } from './results-charts.ts'
import { filterFields, filterIn } from './results-filter.ts'
import { resultsPage } from './results-page.ts'
import { type ResultPart, surveyPaths } from './tabs.ts'
import { registerAuthoring } from './authoring/index.ts'
import { registerTold } from './told-routes.ts'

const supervisors = ['supervisor'] as const
/** Number of comments on the page; the file has more. */
const commentsShown = 20

/** «Опросы»: what families answer. */
export const registerSurveys = (console: Console): void => {
  const { deps } = console
  console.served.add('surveys')

  const viewOf = async (visit: Visit) => {
    const filter = await resultsFilterOf(deps.database, visit.session.id)
    return resultsForStaff(deps, { ...visit, filter })
  }

  const contentsOf = async (visit: Visit, part: ResultPart) => {
    const view = await viewOf(visit)
    const charts = await drawChartsOf(part, view)
    return { ...view, charts, timeZone: deps.region.timeZone, now: visit.now }
  }

  page(console, surveyPaths.results, { for: supervisors }, async (visit) => {
    const contents = await contentsOf(visit, 'results')
    const { results } = contents
    const found = await commentsForStaff(deps, visit, { results, limit: commentsShown + 1 })
    const comments = found.slice(0, commentsShown)
    return resultsPage(visit, contents, { part: 'results', comments, more: found.length > commentsShown })
  })

  page(
    console,
    surveyPaths.questions,
    { for: supervisors, query: z.object({ page: z.coerce.number().int().min(1).max(100) }) },
    async (visit) => {
      const page = (visit.query.page ?? 1) - 1
      return resultsPage(visit, await contentsOf(visit, 'questions'), { part: 'questions', page })
    },
  )

  page(console, surveyPaths.groups, { for: supervisors }, async (visit) =>
    resultsPage(visit, await contentsOf(visit, 'groups'), { part: 'groups' }),
  )

  form(
    console,
    surveyPaths.results,
    { for: supervisors, fields: filterFields },
    async (tx, { session, fields }) => {
      await setResultsFilter(tx, session.id, filterIn(fields))
      return { to: surveyPaths[fields.part] }
    },
  )

  download(
    console,
    '/console/surveys/files/:file',
    { for: supervisors, params: z.object({ file: z.enum(resultFiles) }), confirmed: true },
    async (visit) => fileOf(visit, await viewOf(visit), visit.params.file),
  )

  registerTold(console)
  registerAuthoring(console)
}
