import type { Transformer } from 'grammy'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { mostSent, type Session } from '#dialogue/session.ts'
import type { Database } from '#storage/database.ts'
import { type ChatMessage, keepMessages } from '#storage/hiding/chat-messages.ts'
import type { Sealer } from '#storage/seal.ts'
import { chatOf, messageIdOf } from './update.ts'

/** Telegram lets a bot delete messages of both sides for 48 h; a little less, so that no id spoils a whole call. */
export const deletableMs = 48 * 60 * 60_000 - 60_000

type Noted = ChatMessage & { sent: boolean }

export type ChatMemory = {
  /** Notes the messages that are sent, whoever sends them. */
  noting: Transformer
  /** Says of a message that was sent that it may stand in a hidden chat: the neutral line. */
  spare(messageId: number): void
  /** Notes a message of the person. */
  received(chatId: number, messageId: number): void
  /**
   * Keeps what was noted of a chat: of a stored person in the database, else in the session if there is one. Returns the ids that
   * came although the chat is hidden meanwhile, and must go. `hidden`: the chat is known to be, and they may stay.
   */
  settle(account: string, about?: { session?: Session; hidden?: boolean }): Promise<string[]>
  /** What was noted of a chat and is not kept yet. */
  noted(account: string): string[]
}

const mostChats = 10_000
const mostSpared = 10_000

/**
 * Remembers which messages stand in a chat: their ids, for 48 hours, and nothing else. Telegram does not tell a bot. Ids are never
 * guessed: they are shared by all chats of a bot. See ADR 111.
 */
export const createChatMemory = (deps: {
  database: Database
  sealer: Sealer
  clock: Clock
  log: Log
}): ChatMemory => {
  const { database, sealer, clock, log } = deps
  const chats = new Map<number, Noted[]>()
  const spared = new Set<string>()
  const note = (chatId: number, messageId: number, sent: boolean) => {
    if (chats.size >= mostChats) chats.clear()
    const kept = chats.get(chatId) ?? []
    kept.push({ id: messageIdOf(messageId), at: clock.now().getTime(), sent })
    chats.set(chatId, kept)
  }
  const take = (chatId: number) => {
    const taken = chats.get(chatId) ?? []
    chats.delete(chatId)
    return taken
  }

  return {
    noting: async (prev, method, payload, signal) => {
      const answer = await prev(method, payload, signal)
      const { chat_id: chatId } = payload as { chat_id?: unknown }
      if (!answer.ok || typeof chatId !== 'number' || chatId < 0 || !method.startsWith('send')) return answer
      const { message_id: id } = answer.result as { message_id?: unknown }
      if (typeof id === 'number') note(chatId, id, true)
      return answer
    },
    spare: (messageId) => {
      if (spared.size >= mostSpared) spared.clear()
      spared.add(messageIdOf(messageId))
    },
    received: (chatId, messageId) => note(chatId, messageId, false),
    noted: (account) => (chats.get(chatOf(account)) ?? []).map(({ id }) => id),
    settle: async (account, { session, hidden = false } = {}) => {
      const fresh = take(chatOf(account))
      if (fresh.length === 0) return []
      const messages = [...(session?.sent ?? []), ...fresh.map(({ id, at }) => ({ id, at }))]
      const forget = new Date(clock.now().getTime() - deletableMs)
      const kept = await keepMessages(database, sealer, account, { messages, forget }).catch((error) => {
        // Kept with the next message: the session holds them meanwhile, or this process.
        log.warn('chat.not-remembered', { error })
        if (!session) chats.set(chatOf(account), [...fresh, ...take(chatOf(account))])
        return { owner: 'stranger', hidden: false }
      })
      if (session) rest(session, kept.owner === 'stranger' ? messages : [], forget)
      // Hidden while this was under way: whoever hides reads what is kept after that is committed, and this looks after keeping.
      if (hidden || kept.owner !== 'family' || !kept.hidden) return []
      // A job answers for what is sent; what the person wrote belongs to whoever handles it.
      const late = fresh.filter(({ id, sent }) => (session || sent) && !spared.has(id))
      return late.map(({ id }) => id)
    },
  }
}

const rest = (session: Session, messages: readonly ChatMessage[], forget: Date): void => {
  const young = messages.filter(({ at }) => at >= forget.getTime())
  if (young.length > 0) session.sent = young.slice(-mostSent)
  else delete session.sent
}
