import type { Api } from '#http/staff-route.ts'
import { serveCadence } from './cadence-routes.ts'
import { servePlannedVisits } from './visit-planning-routes.ts'
import { serveVisits } from './visit-routes.ts'

export const registerVisits = (api: Api): void => {
  servePlannedVisits(api)
  serveVisits(api)
  serveCadence(api)
}
