import type { Transformer } from 'grammy'
import type { Clock } from '#core/clock.ts'

export type FloodWaits = {
  /**
   * Seconds until a message to the chat may be tried, at most 60 and then to be asked again; 0: now. While the whole
   * bot waits, 0 makes the caller the probe: it must send.
   */
  enter(chatId: number): number
  /** The same for a message that is still to be prepared, and for nobody's probe; without urgency they come in a row. */
  left(chatId: number, urgent: boolean): number
  /** Telegram answered 429 with `retry_after` seconds. */
  refused(chatId: number, seconds: number): void
  accepted(chatId: number): void
}

/** How many chats in a row have to be refused, and none accepted, before a wait concerns the whole bot. */
const suspicious = 3
/** A wait is not believed for longer: what was refused because of another chat, or of a past flood, is found out. */
export const longestWaitSeconds = 60
/** How long the others wait for the result of a probe. */
const probeSeconds = 5
/** The longest wait of our own for a chat that keeps answering 429. */
const rarestSeconds = 60 * 60
/** How many messages a second are let through after a wait of the whole bot. */
const perSecond = 25
const mostChats = 10_000

/**
 * Keeps Telegram's flood waits apart: a wait belongs to the chat that was refused, and one chat's wait delays nobody
 * else. Telegram does not tell which waits concern the whole bot, so several refused chats in a row count as one; it is
 * probed with one message after at most a minute, whatever `retry_after` says. A chat that is refused again at its
 * next try waits twice as long each time.
 */
export const createFloodWaits = (clock: Clock): FloodWaits => {
  const chats = new Map<number, { until: number; refusals: number }>()
  /** Chats refused since the last accepted message. */
  const suspects = new Set<number>()
  let bot: { until: number; waiting: number } | undefined

  const secondsTo = (until: number) => Math.max(0, (until - clock.now().getTime()) / 1000)
  const ofChat = (chatId: number) => secondsTo(chats.get(chatId)?.until ?? 0)

  const forgetExpired = () => {
    if (chats.size < mostChats) return
    for (const [chatId, { until }] of chats) if (secondsTo(until) === 0) chats.delete(chatId)
  }

  /** The suspects' waits were the bot's: they are tried again with it. */
  const holdAll = (seconds: number) => {
    const until = clock.now().getTime() + Math.min(seconds, longestWaitSeconds) * 1000
    bot = { until, waiting: 0 }
    for (const chatId of suspects) {
      const chat = chats.get(chatId)
      if (chat) chat.until = Math.min(chat.until, until)
    }
  }

  return {
    enter: (chatId) => {
      const own = ofChat(chatId)
      if (own > 0) return Math.min(own, longestWaitSeconds)
      if (!bot) return 0
      const all = secondsTo(bot.until)
      if (all === 0) bot.until = clock.now().getTime() + probeSeconds * 1000
      return all
    },
    left: (chatId, urgent) => {
      const own = Math.min(ofChat(chatId), longestWaitSeconds)
      const all = bot ? secondsTo(bot.until) : 0
      if (!bot || all === 0 || own > all) return own
      if (urgent) return all
      bot.waiting += 1
      return all + 1 + bot.waiting / perSecond
    },
    refused: (chatId, seconds) => {
      const now = clock.now().getTime()
      const chat = chats.get(chatId) ?? { until: 0, refusals: 0 }
      // Calls that were under way together are one refusal.
      if (chat.until <= now) chat.refusals += 1
      const own = Math.min(2 ** (chat.refusals - 1), rarestSeconds)
      chat.until = Math.max(chat.until, now + Math.max(seconds, own) * 1000)
      forgetExpired()
      chats.set(chatId, chat)
      suspects.add(chatId)
      if (bot || suspects.size >= suspicious) holdAll(Math.max(1, seconds))
    },
    accepted: (chatId) => {
      if (ofChat(chatId) === 0) chats.delete(chatId)
      suspects.clear()
      bot = undefined
    },
  }
}

/** Tells the waits how each message was answered, whoever sent it. */
export const observing =
  (waits: FloodWaits): Transformer =>
  async (prev, method, payload, signal) => {
    const answer = await prev(method, payload, signal)
    const { chat_id: chatId } = payload as { chat_id?: unknown }
    if (typeof chatId !== 'number') return answer
    if (answer.ok) {
      if (/^(send|edit)/.test(method)) waits.accepted(chatId)
    } else if (answer.error_code === 429) waits.refused(chatId, answer.parameters?.retry_after ?? 1)
    return answer
  }
