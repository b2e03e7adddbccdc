import type { Api } from '#http/staff-route.ts'
import { serveIncoming } from './incoming-routes.ts'

export const registerIncomingAppeals = (api: Api): void => serveIncoming(api)
