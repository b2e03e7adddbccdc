import type { Telegram } from '#sandbox/telegram/telegram.ts'

/** Returns the bot's calls of a method for one chat, oldest first. */
export const callsTo = (telegram: Telegram, chatId: number, method?: string) =>
  telegram.calls.filter(
    (call) => Number(call.params.chat_id) === chatId && (method === undefined || call.method === method),
  )
