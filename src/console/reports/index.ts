import { dayAt } from '#features/deadlines/deadlines.ts'
import { quarterBefore, quarterOn } from '#features/reports/quarters.ts'
import { type Console, page } from '../routes.ts'
import { registerQuarterReport } from './quarter-routes.ts'
import { registerRegisters } from './register-routes.ts'
import { reportListPage } from './report-list-page.ts'

/** «Отчёты»: what the region's text demands. */
export const registerReports = (console: Console): void => {
  console.served.add('reports')
  page(console, '/console/reports', { for: ['supervisor'] }, async (visit) => {
    const quarter = quarterOn(dayAt(visit.now, console.deps.region.timeZone).toString())
    return reportListPage(visit, { period: quarter, quarter: quarterBefore(quarter).code })
  })
  registerQuarterReport(console)
  registerRegisters(console)
}
