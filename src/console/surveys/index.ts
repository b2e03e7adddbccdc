import { z } from 'zod'
import { commentsForStaff, resultsForStaff } from '#features/surveys/results/results-for-staff.ts'
import { resultsFilterOf, setResultsFilter } from '#storage/surveys/results-filter.ts'
import { type Console, download, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { fileOf, resultFiles } from './result-files.ts'
import { drawAllCharts } from './results-charts.ts'
import { filterFields, filterIn } from './results-filter.ts'
import { resultsPage } from './results-page.ts'

const supervisors = ['supervisor'] as const
/** Number of comments on the page; the file has more. */
const commentsShown = 50

/** «Опросы»: what families answer. */
export const registerSurveys = (console: Console): void => {
  const { deps } = console
  console.served.add('surveys')

  const viewOf = async (visit: Visit) => {
    const filter = await resultsFilterOf(deps.database, visit.session.id)
    return resultsForStaff(deps, { ...visit, filter })
  }

  page(console, '/console/surveys', { for: supervisors }, async (visit) => {
    const view = await viewOf(visit)
    const found = await commentsForStaff(deps, visit, { results: view.results, limit: commentsShown + 1 })
    return resultsPage(visit, {
      ...view,
      charts: await drawAllCharts(view),
      comments: found.slice(0, commentsShown),
      more: found.length > commentsShown,
      timeZone: deps.region.timeZone,
      now: visit.now,
    })
  })

  form(
    console,
    '/console/surveys',
    { for: supervisors, fields: filterFields },
    async (tx, { session, fields }) => {
      await setResultsFilter(tx, session.id, filterIn(fields))
      return { to: '/console/surveys' }
    },
  )

  download(
    console,
    '/console/surveys/files/:file',
    { for: supervisors, params: z.object({ file: z.enum(resultFiles) }), confirmed: true },
    async (visit) => fileOf(visit, await viewOf(visit), visit.params.file),
  )
}
