import { Bot, BotError, type Context, type SessionFlavor, session } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import { newSession, type Session } from '#dialogue/session.ts'
import type { Reply } from '#dialogue/view.ts'
import { createClient } from './client.ts'
import { showOwnCommands } from './commands.ts'
import { answerGroup } from './groups.ts'
import { createPersonLock, type PersonLock } from './person-lock.ts'
import type { Later } from './later.ts'
import { createRender } from './render.ts'
import { createSend, type Send } from './send.ts'
import type { Sessions } from './sessions.ts'
import { accountOf, isCrisisTap, type KnownUpdate, messageNumberOf, toInput } from './update.ts'

export type BotContext = Context & SessionFlavor<Session> & { more: () => boolean }

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
  bot: Bot<BotContext>
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
  const client = createClient()
  const bot = new Bot<BotContext>(telegram.token, {
    client: {
      apiRoot: telegram.apiRoot,
      timeoutSeconds: 60,
      fetch: client.fetch,
      // It needs no answer of Telegram's, so it travels back with the 200.
      canUseWebhookReply: (method) => method === 'answerCallbackQuery',
    },
  })
  const lock = createPersonLock()
  const send = createSend(bot.api, log)
  const render = createRender(bot.api, send, deps.later, log)
  const inGroups = answerGroup(texts)
  const followed = new WeakSet<object>()

  bot.chatType(['group', 'supergroup', 'channel'], inGroups)

  // The crisis card waits for nobody and needs nothing: no lock, no session, no database.
  bot.on('callback_query:data', async (ctx, next) => {
    if (!isCrisisTap(updateOf(ctx))) return next()
    const reply = await answerTo(ctx, newSession())
    const target = { chatId: ctx.from.id, session: newSession(), more: false, ...tappedBy(ctx) }
    const shown = await render(target, reply)
    await answerTap(ctx, reply, shown)
    if (shown) await noteCrisis(accountOf(ctx.from.id), ctx.update.update_id, target.tapped ?? 0)
  })

  bot.use(async (ctx, next) => {
    if (!ctx.from || ctx.chat?.type !== 'private') return
    const turn = await lock.enter(accountOf(ctx.from.id))
    ctx.more = () => (turn.more() || followed.has(ctx.update)) && ctx.callbackQuery === undefined
    try {
      await next()
    } finally {
      turn.leave()
    }
  })
  bot.use(
    session({
      storage: sessions.storage,
      initial: newSession,
      getSessionKey: (ctx) => ctx.from && accountOf(ctx.from.id),
    }),
  )
  bot.use(async (ctx) => {
    if (!ctx.from) return
    const reply = await answerTo(ctx, ctx.session)
    await render({ chatId: ctx.from.id, session: ctx.session, more: ctx.more(), ...tappedBy(ctx) }, reply)
    const { commandMenu: menu } = reply
    if (menu)
      await showOwnCommands(bot.api, texts, { chatId: ctx.from.id, menu }).catch((error) =>
        log.warn('commands.not-set', { error }),
      )
    await answerTap(ctx, reply)
  })

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

  const answerTo = async (ctx: BotContext, current: Session): Promise<Reply> => {
    const input = toInput(updateOf(ctx))
    return input ? dialogue.handle(input, current) : {}
  }

  /** A tap is answered in any case, so that no button stays busy; one that is too old cannot be. */
  const answerTap = async (ctx: BotContext, { toast, instead }: Reply, shown = true) => {
    if (!ctx.callbackQuery) return
    const words =
      !shown && instead ? { text: instead, show_alert: true } : toast ? { text: toast } : undefined
    await ctx.answerCallbackQuery(words).catch((error: unknown) => log.debug('tap.not-answered', { error }))
  }

  return {
    bot,
    send,
    lock,
    close: client.close,
    handle: async (update, { reply, more = false } = {}) => {
      if (more) followed.add(update)
      try {
        await bot.handleUpdate(update as unknown as Update, reply && { send: reply })
      } catch (error) {
        throw error instanceof BotError ? error.error : error
      }
    },
  }
}

/** The update was checked at the edge; grammY hands on the same object under its own type. */
const updateOf = (ctx: Context) => ctx.update as unknown as KnownUpdate

const tappedBy = (ctx: Context) => {
  const id = ctx.callbackQuery?.message?.message_id
  return id === undefined ? {} : { tapped: id }
}
