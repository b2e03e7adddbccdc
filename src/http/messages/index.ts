import type { Api } from '#http/staff-route.ts'
import { serveQuickReplies } from './quick-reply-routes.ts'
import { serveMessages } from './message-routes.ts'

export const registerMessages = (api: Api): void => {
  serveMessages(api)
  serveQuickReplies(api)
}
