import type { Telegram } from '#sandbox/telegram/telegram.ts'

/** What the bot sent to one chat: the calls of a method, oldest first. */
export const callsTo = (telegram: Telegram, chatId: number, method?: string) =>
  telegram.calls.filter(
    (call) => Number(call.params.chat_id) === chatId && (method === undefined || call.method === method),
  )
