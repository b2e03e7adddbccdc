import { Bot, BotError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Metrics } from '#core/metrics.ts'
import type { Texts } from '#core/text.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import type { Input } from '#dialogue/input.ts'
import { newSession, type Session } from '#dialogue/session.ts'
import type { Reply } from '#dialogue/view.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { ChatMemory } from './chat-memory.ts'
import { type ClearChat, createClearChat } from './clear-chat.ts'
import { createClient } from './client.ts'
import { showOwnCommands } from './commands.ts'
import { counting } from './counting.ts'
import { type FloodWaits, observing } from './flood-waits.ts'
import { answerGroup } from './groups.ts'
import { createHiding } from './hiding.ts'
import type { Later } from './later.ts'
import { createPersonLock, type PersonLock } from './person-lock.ts'
import { createRender } from './render.ts'
import { createSend, type Send } from './send.ts'
import type { Sessions } from './sessions.ts'
import type { Transport } from './transport.ts'
import {
  accountOf,
  isCrisisTap,
  isStandaloneTap,
  type KnownUpdate,
  messageNumberOf,
  toInput,
} from './update.ts'

export type BotDeps = {
  telegram: { token: string; apiRoot: string; transport?: Transport | undefined }
  dialogue: Dialogue
  sessions: Sessions
  texts: Texts
  later: Later
  floodWaits: FloodWaits
  memory: ChatMemory
  database: Database
  sealer: Sealer
  clock: Clock
  metrics: Metrics
  log: Log
}

export type HowHandled = {
  /** Receives one API call to be sent in the webhook's own response. */
  reply?: (payload: string) => void
  /** Whether more of the same kind follows from the same person: the card of the last one is shown. */
  more?: () => boolean
  /** A tap too many of the same person: it is answered, and not handled. */
  crowded?: boolean
}

export type TelegramBot = {
  bot: Bot
  send: Send
  lock: PersonLock
  clear: ClearChat
  /**
   * Handles one update. Resolves when everything it caused is committed and shown; throws errors that are not the
   * person's doing.
   */
  handle(update: KnownUpdate, how?: HowHandled): Promise<void>
  /** Whether somebody's chat is hidden, as far as is known without a database. */
  silent(userId: number): Promise<boolean>
  /** The bytes of a file that somebody sent. */
  fetchFile(fileId: string, most: number): Promise<Uint8Array>
  /** Waits for calls in progress, then closes the connections to Telegram. */
  close(): Promise<void>
}

/** Creates the bot: ordering of a person's inputs, session, dialogue, and rendering. */
export const createBot = (deps: BotDeps): TelegramBot => {
  const { telegram, dialogue, sessions, texts, memory, log } = deps
  const client = createClient(telegram)
  const bot = new Bot(telegram.token, {
    client: { apiRoot: telegram.apiRoot, timeoutSeconds: 60, fetch: client.fetch },
  })
  bot.api.config.use(client.direct, observing(deps.floodWaits), counting(deps.metrics), memory.noting)
  const lock = createPersonLock()
  const send = createSend(bot.api, log)
  const render = createRender(bot.api, send, deps.later, log)
  const clear = createClearChat({ ...deps, api: bot.api, send })
  const hiding = createHiding({ api: bot.api, clear, memory, sessions, log })

  bot.chatType(['group', 'supergroup', 'channel'], answerGroup(texts))

  /** The crisis card and the guide need no lock, no session and no database. */
  const showStandalone = async (update: KnownUpdate, query: Query, answer: AnswerTap) => {
    const reply = await answerTo(update, newSession())
    const target = { chatId: query.from.id, session: newSession(), more: false, ...tappedBy(query) }
    const shown = await render(target, reply)
    await answer(reply, shown)
    // Words below the guide are meant for the screen that it covers.
    if (shown && isCrisisTap(update))
      await noteCrisis(accountOf(query.from.id), update.update_id, target.tapped ?? 0)
  }

  /** Handles one input in a private chat, under the person's lock. */
  const converse = async (
    update: KnownUpdate,
    chatId: number,
    followed: () => boolean,
    answer: AnswerTap,
  ) => {
    const account = accountOf(chatId)
    const { callback_query: query, message: sent } = update
    if (sent) memory.received(chatId, sent.message_id)
    const turn = await lock.enter(account, 'input')
    try {
      const session = (await sessions.storage.read(account)) ?? newSession()
      const answered = await answerTo(update, session)
      const more = followed() || (turn.more() && query === undefined)
      const reply = more ? answered : await withOwedCard(answered, session, account)
      const { commandMenu: menu, neutral } = reply
      // A tap that hides keeps no button busy while everything goes.
      if (reply.clear) await answer(reply)
      if (reply.clear) return await hiding.hide(account, neutral ?? '', session, sent?.message_id)
      if (neutral && !more) await hiding.say(account, neutral)
      await render({ chatId, session, more, ...tappedBy(query) }, reply)
      if (menu)
        await showOwnCommands(bot.api, texts, { chatId, menu }).catch((error) =>
          log.warn('commands.not-set', { error }),
        )
      await answer(reply)
      await hiding.keep(account, session)
    } finally {
      turn.leave()
    }
  }

  /** The card that earlier taps left to this one is drawn, though it changes nothing itself. */
  const withOwedCard = async (reply: Reply, session: Session, account: string): Promise<Reply> =>
    session.undrawn && !reply.card
      ? { ...reply, ...(await dialogue.redraw({ channel: 'telegram', account }, session)) }
      : reply

  /** Best effort, after the card: that is shown even if no session can be written. */
  const noteCrisis = async (account: string, updateId: number, messageId: number) => {
    const turn = await lock.enter(account)
    try {
      const current = (await sessions.storage.read(account)) ?? newSession()
      // The next input belongs to a newer card below.
      if (current.cardId !== undefined && messageNumberOf(current.cardId) > messageId) return
      await sessions.storage.write(account, { ...current, crisis: updateId })
    } catch (error) {
      log.warn('crisis.not-noted', { error })
    } finally {
      turn.leave()
    }
  }

  const answerTo = async (update: KnownUpdate, current: Session): Promise<Reply> => {
    const input = toInput(update)
    if (!input) return {}
    return dialogue.handle(isUnseen(input, current) ? { ...input, unseen: true } : input, current)
  }

  /**
   * Answers every tap, so that no button stays busy; answering an expired one fails harmlessly. The answer needs no
   * result from Telegram, so it is sent with the webhook's 200.
   */
  const answering =
    (query: Query | undefined, reply: HowHandled['reply']): AnswerTap =>
    async ({ toast, instead }, shown = true) => {
      if (!query) return
      const words =
        !shown && instead ? { text: instead, show_alert: true } : toast ? { text: toast } : undefined
      if (reply) {
        const call = { method: 'answerCallbackQuery', callback_query_id: query.id, ...words }
        return reply(JSON.stringify(call))
      }
      // The person's next input does not wait for it.
      void bot.api
        .answerCallbackQuery(query.id, words)
        .catch((error: unknown) => log.debug('tap.not-answered', { error }))
    }

  return {
    bot,
    send,
    lock,
    clear,
    silent: async (userId) => {
      const session = await sessions.storage.read(accountOf(userId))
      return session?.hidden === true
    },
    fetchFile: async (fileId, most) => {
      const { file_path: path } = await bot.api.getFile(fileId)
      if (path === undefined) throw new Error('the file has no path')
      return client.download(path, most)
    },
    close: client.close,
    handle: async (update, { reply, more = () => false } = {}) => {
      const { callback_query: query } = update
      const sent = update.message ?? update.edited_message
      const chat = query ? query.message?.chat : sent?.chat
      const from = query?.from ?? sent?.from
      if (chat && chat.type !== 'private') return elsewhere(bot, update)
      const answer = answering(query, reply)
      if (query && isStandaloneTap(update)) return showStandalone(update, query, answer)
      if (from && chat) await converse(update, from.id, more, answer)
    },
  }
}

/**
 * Whether it was sent before the question was on the screen: the question is still to be drawn, or its first card came
 * below. Telegram numbers the messages of a chat in the order of both sides.
 */
const isUnseen = ({ messageId, event }: Input, { since, undrawn }: Session): boolean => {
  if (messageId === undefined || event.kind === 'command') return false
  if (since === undefined) return undrawn !== undefined
  return messageNumberOf(messageId) < messageNumberOf(since)
}

type Query = NonNullable<KnownUpdate['callback_query']>
type AnswerTap = (reply: Reply, shown?: boolean) => Promise<void>

/** Groups and channels are handled by grammY: passes on the validated update with grammY's type. */
const elsewhere = async (bot: Bot, update: KnownUpdate): Promise<void> => {
  try {
    await bot.handleUpdate(update as unknown as Update)
  } catch (error) {
    throw error instanceof BotError ? error.error : error
  }
}

const tappedBy = (query: Query | undefined) => {
  const id = query?.message?.message_id
  return id === undefined ? {} : { tapped: id }
}
