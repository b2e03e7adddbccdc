import type { Api } from '#http/staff-route.ts'
import { serveNeeds } from './needs-routes.ts'

export const registerNeeds = (api: Api): void => serveNeeds(api)
