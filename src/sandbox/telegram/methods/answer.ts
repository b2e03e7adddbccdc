import { badRequest } from '../errors.ts'
import type { World } from '../state.ts'

type Answer = {
  callback_query_id: string
  text?: string
  show_alert?: boolean
  url?: string
  cache_time?: number
}

/** Accepted once per tap, within 150 s, with at most 200 characters. */
export const answerCallbackQuery = (world: World, params: Answer): true => {
  if ((params.text?.length ?? 0) > 200) throw badRequest('MESSAGE_TOO_LONG')
  const showAlert = params.show_alert ?? false
  const words = params.text ? { text: params.text } : {}
  const tap = world.taps.answer(params.callback_query_id, {
    ...words,
    ...(showAlert ? { showAlert } : {}),
    ...(params.url ? { url: params.url } : {}),
  })
  world.touch('bot')
  world.emit({
    type: 'callback-answer',
    chatId: tap.accountId,
    messageId: tap.messageId,
    ...words,
    showAlert,
  })
  return true
}
