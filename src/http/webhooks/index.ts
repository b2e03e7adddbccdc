import type { Api } from '#http/staff-route.ts'
import { serveDeliveries } from './delivery-routes.ts'
import { serveEvents } from './event-routes.ts'
import { serveWebhooks } from './webhook-routes.ts'

export const registerWebhooks = (api: Api): void => {
  serveWebhooks(api)
  serveDeliveries(api)
  serveEvents(api)
}
