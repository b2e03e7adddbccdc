import type { Api } from '#http/staff-route.ts'
import { serveRequests } from './request-routes.ts'
import { serveDesk } from './desk-routes.ts'
import { serveMerges } from './merge-routes.ts'
import { serveRequestSteps } from './request-step-routes.ts'

export const registerRequests = (api: Api): void => {
  serveRequests(api)
  serveRequestSteps(api)
  serveDesk(api)
  serveMerges(api)
}
