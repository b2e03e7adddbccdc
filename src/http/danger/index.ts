import type { Api } from '#http/staff-route.ts'
import { serveAlarmingWords } from './alarming-word-routes.ts'
import { serveDangerEntries } from './danger-entry-routes.ts'

export const registerDanger = (api: Api): void => {
  serveAlarmingWords(api)
  serveDangerEntries(api)
}
