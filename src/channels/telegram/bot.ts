import { Bot, BotError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import { newSession, type Session } from '#dialogue/session.ts'
import type { Reply } from '#dialogue/view.ts'
import { createClient } from './client.ts'
import { showOwnCommands } from './commands.ts'
import { answerGroup } from './groups.ts'
import type { Later } from './later.ts'
import { createPersonLock, type PersonLock } from './person-lock.ts'
import { createRender } from './render.ts'
import { createSend, type Send } from './send.ts'
import type { Sessions } from './sessions.ts'
import { accountOf, isCrisisTap, type KnownUpdate, messageNumberOf, toInput } from './update.ts'

export type BotDeps = {
  telegram: { token: string; apiRoot: string }
  dialogue: Dialogue
  sessions: Sessions
  texts: Texts
  later: Later
  log: Log
}

export type HowHandled = {
  /** Takes one call that may travel in the webhook's own answer. */
  reply?: (payload: string) => void
  /** Words of the same person follow at once, and their card is the one to show. */
  more?: boolean
}

export type TelegramBot = {
  bot: Bot
  send: Send
  lock: PersonLock
  /**
   * One update from start to end. Resolves when all that it asked for is committed and shown; throws what is
   * not the person's doing.
   */
  handle(update: KnownUpdate, how?: HowHandled): Promise<void>
  /** Waits for the calls under way, and lets the connections to Telegram go. */
  close(): Promise<void>
}

/** The bot: order of a person's inputs, session, conversation, and what is shown of it. */
export const createBot = (deps: BotDeps): TelegramBot => {
  const { telegram, dialogue, sessions, texts, log } = deps
  const client = createClient(telegram)
  const bot = new Bot(telegram.token, {
    client: { apiRoot: telegram.apiRoot, timeoutSeconds: 60, fetch: client.fetch },
  })
  bot.api.config.use(client.direct)
  const lock = createPersonLock()
  const send = createSend(bot.api, log)
  const render = createRender(bot.api, send, deps.later, log)

  bot.chatType(['group', 'supergroup', 'channel'], answerGroup(texts))

  /** The crisis card waits for nobody and needs nothing: no lock, no session, no database. */
  const showCrisis = async (update: KnownUpdate, query: Query, answer: AnswerTap) => {
    const reply = await answerTo(update, newSession())
    const target = { chatId: query.from.id, session: newSession(), more: false, ...tappedBy(query) }
    const shown = await render(target, reply)
    await answer(reply, shown)
    if (shown) await noteCrisis(accountOf(query.from.id), update.update_id, target.tapped ?? 0)
  }

  /** One input of a person in their private chat, in its turn. */
  const converse = async (update: KnownUpdate, chatId: number, followed: boolean, answer: AnswerTap) => {
    const account = accountOf(chatId)
    const { callback_query: query } = update
    const turn = await lock.enter(account)
    try {
      const session = (await sessions.storage.read(account)) ?? newSession()
      const reply = await answerTo(update, session)
      const more = (turn.more() || followed) && query === undefined
      await render({ chatId, session, more, ...tappedBy(query) }, reply)
      const { commandMenu: menu } = reply
      if (menu)
        await showOwnCommands(bot.api, texts, { chatId, menu }).catch((error) =>
          log.warn('commands.not-set', { error }),
        )
      await answer(reply)
      await sessions.storage.write(account, session)
    } finally {
      turn.leave()
    }
  }

  /** Best effort, and after the card: it is drawn where no session can be written, too. */
  const noteCrisis = async (account: string, updateId: number, messageId: number) => {
    const turn = await lock.enter(account)
    try {
      const current = (await sessions.storage.read(account)) ?? newSession()
      // A newer card below it is what the next words belong to.
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
    return input ? dialogue.handle(input, current) : {}
  }

  /**
   * A tap is answered in any case, so that no button stays busy; one that is too old cannot be. The answer needs none
   * of Telegram's, so it travels back with the webhook's 200.
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
      await bot.api
        .answerCallbackQuery(query.id, words)
        .catch((error: unknown) => log.debug('tap.not-answered', { error }))
    }

  return {
    bot,
    send,
    lock,
    close: client.close,
    handle: async (update, { reply, more = false } = {}) => {
      const { callback_query: query } = update
      const sent = update.message ?? update.edited_message
      const chat = query ? query.message?.chat : sent?.chat
      const from = query?.from ?? sent?.from
      if (chat && chat.type !== 'private') return elsewhere(bot, update)
      const answer = answering(query, reply)
      if (query && isCrisisTap(update)) return showCrisis(update, query, answer)
      if (from && chat) await converse(update, from.id, more, answer)
    },
  }
}

type Query = NonNullable<KnownUpdate['callback_query']>
type AnswerTap = (reply: Reply, shown?: boolean) => Promise<void>

/** Groups and channels go through grammY; the update was checked at the edge, and is handed on under its type. */
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
