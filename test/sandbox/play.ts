import type { Clock } from '#core/clock.ts'
import { createTelegram, type Telegram, type TelegramOptions } from '#sandbox/telegram/telegram.ts'
import type { Message } from '#sandbox/telegram/types.ts'

export const token = '7000001:test'

/** A clock that is moved by the test. */
export const movableClock = (): Clock & { forward(seconds: number): void } => {
  let now = Date.parse('2026-11-20T09:00:00Z')
  return {
    now: () => new Date(now),
    forward: (seconds) => {
      now += seconds * 1000
    },
  }
}

/** An emulator with its own clock, a person who has pressed Start, and shortcuts for the bot's calls. */
export const play = (options: Partial<TelegramOptions> = {}) => {
  const clock = movableClock()
  const telegram = createTelegram({ token, clock, ...options })
  const person = telegram.addPerson({ firstName: 'Ольга', phone: '+79001112233' })
  telegram.start(person.id)
  return { clock, telegram, person, ...caller(telegram) }
}

export const caller = (telegram: Telegram) => {
  const call = async (method: string, params: Record<string, unknown> = {}) =>
    (await telegram.execute(telegram.token, method, params)).body as {
      ok: boolean
      result: never
      error_code?: number
      description?: string
      parameters?: { retry_after: number }
    }
  return {
    call,
    /** The text of the error; '' if there was none. */
    refusal: async (method: string, params: Record<string, unknown> = {}) =>
      (await call(method, params)).description ?? '',
    send: async (chatId: number, text: string, more: Record<string, unknown> = {}): Promise<Message> =>
      (await call('sendMessage', { chat_id: chatId, text, ...more })).result,
  }
}
