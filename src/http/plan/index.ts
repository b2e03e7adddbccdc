import type { Api } from '#http/staff-route.ts'
import { serveCatalogue } from './catalogue-routes.ts'
import { servePlans } from './plan-routes.ts'
import { serveProposals } from './proposal-routes.ts'
import { serveReports } from './report-routes.ts'

export const registerPlan = (api: Api): void => {
  servePlans(api)
  serveCatalogue(api)
  serveProposals(api)
  serveReports(api)
}
