import type { Api } from '#http/staff-route.ts'
import { serveOutcomes } from './outcome-routes.ts'
import { serveReportFiles } from './report-file-routes.ts'
import { serveQuarterReports } from './report-routes.ts'
import { serveRowCases } from './row-cases-routes.ts'

export const registerReports = (api: Api): void => {
  serveQuarterReports(api)
  serveRowCases(api)
  serveReportFiles(api)
  serveOutcomes(api)
}
