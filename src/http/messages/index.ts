import type { Api } from '#http/staff-route.ts'
import { serveAlarmingWords } from './alarming-word-routes.ts'
import { serveMessages } from './message-routes.ts'

export const registerMessages = (api: Api): void => {
  serveMessages(api)
  serveAlarmingWords(api)
}
