import type { Api } from '#http/staff-route.ts'
import { serveSurveyCharts } from './survey-chart-routes.ts'
import { serveSurveyRescues } from './survey-rescue-routes.ts'
import { serveSurveyResults } from './survey-results-routes.ts'
import { serveSurveys } from './survey-routes.ts'
import { serveYouSaidWeDid } from './you-said-we-did-routes.ts'

export const registerSurveys = (api: Api): void => {
  serveSurveys(api)
  serveSurveyResults(api)
  serveSurveyCharts(api)
  serveSurveyRescues(api)
  serveYouSaidWeDid(api)
}
