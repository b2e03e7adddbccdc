import type { Clock } from '#core/clock.ts'
import { tooMany } from './errors.ts'

export type Limits = { take(chatId: number): void }

type Bucket = { left: number; at: number }

const perChat = { burst: 20, perSecond: 1 }
const overall = { burst: 30, perSecond: 30 }

/**
 * The bot's sending rate. `telegram` approximates Telegram's limits: 1 message/s to one chat after a burst of 20,
 * 30/s in total. The real limits are not published; a client should obey `retry_after` instead of assuming them.
 */
export const createLimits = (kind: 'none' | 'telegram', clock: Clock): Limits => {
  if (kind === 'none') return { take: () => undefined }
  const chats = new Map<number, Bucket>()
  const all: Bucket = { left: overall.burst, at: clock.now().getTime() }

  const refill = (bucket: Bucket, rate: typeof perChat, now: number) => {
    bucket.left = Math.min(rate.burst, bucket.left + ((now - bucket.at) / 1000) * rate.perSecond)
    bucket.at = now
    return bucket.left < 1 ? Math.ceil((1 - bucket.left) / rate.perSecond) : 0
  }

  return {
    /** @throws ApiError 429 with the seconds until the next message is accepted */
    take: (chatId) => {
      const now = clock.now().getTime()
      const chat = chats.get(chatId) ?? { left: perChat.burst, at: now }
      chats.set(chatId, chat)
      const wait = Math.max(refill(chat, perChat, now), refill(all, overall, now))
      if (wait > 0) throw tooMany(wait)
      chat.left -= 1
      all.left -= 1
    },
  }
}
