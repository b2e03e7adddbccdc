import type { Api } from '#http/staff-route.ts'
import { serveDataRequestPapers } from './data-request-paper-routes.ts'
import { serveDataRequests } from './data-request-routes.ts'
import { serveDataRequestSteps } from './data-request-step-routes.ts'

export const registerDataRequests = (api: Api): void => {
  serveDataRequests(api)
  serveDataRequestSteps(api)
  serveDataRequestPapers(api)
}
