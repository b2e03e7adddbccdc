import { createServer } from 'node:http'
import type { ConversationData } from '@grammyjs/conversations'
import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
  type VersionedState,
} from '@grammyjs/conversations'
import { Bot, type Context, webhookCallback } from 'grammy'
import { Pool } from 'pg'
import {
  type Answers,
  asked,
  type Card,
  doneText,
  questionCard,
  readTap,
  summaryCard,
} from './questionnaire.ts'
import { readSettings } from './settings.ts'
import { createSubmissions } from './submissions.ts'

const settings = readSettings()
const pool = new Pool({ connectionString: settings.postgres, max: 10 })
await pool.query('CREATE TABLE IF NOT EXISTS conversations (chat text PRIMARY KEY, state text NOT NULL)')
const submissions = await createSubmissions(pool)

type BotContext = ConversationFlavor<Context>
type State = VersionedState<ConversationData>

const storage = {
  read: async (chat: string): Promise<State | undefined> => {
    const { rows } = await pool.query<{ state: string }>({
      name: 'read',
      text: 'SELECT state FROM conversations WHERE chat = $1',
      values: [chat],
    })
    return rows[0] && JSON.parse(rows[0].state)
  },
  write: async (chat: string, state: State): Promise<void> => {
    await pool.query({
      name: 'write',
      text: 'INSERT INTO conversations VALUES ($1, $2) ON CONFLICT (chat) DO UPDATE SET state = excluded.state',
      values: [chat, JSON.stringify(state)],
    })
  },
  delete: async (chat: string): Promise<void> => {
    await pool.query({ name: 'delete', text: 'DELETE FROM conversations WHERE chat = $1', values: [chat] })
  },
}

/** One live card: edited after a tap; typed text gets a new one, and the old one loses its buttons. */
const intake = async (conversation: Conversation<BotContext, Context>, first: Context) => {
  const answers: Answers = {}
  let ctx = first
  let live: number | undefined
  const show = async ({ text, reply_markup }: Card) => {
    if (ctx.callbackQuery) return ctx.editMessageText(text, { parse_mode: 'HTML', reply_markup })
    const old = live
    live = (await ctx.reply(text, { parse_mode: 'HTML', reply_markup })).message_id
    if (old !== undefined && ctx.chatId !== undefined) await ctx.api.editMessageReplyMarkup(ctx.chatId, old)
  }

  for (const [at, question] of asked.entries()) {
    const chosen: string[] = []
    await show(questionCard(at))
    for (;;) {
      ctx = await conversation.wait()
      const typed = ctx.message?.text
      if (!question.options && typed !== undefined && question.accepts?.test(typed)) {
        answers[question.key] = typed
        break
      }
      const tap = readTap(at, ctx.callbackQuery?.data ?? '')
      if (tap === undefined) continue
      const option = tap === 'next' ? undefined : question.options?.[tap]
      if (option !== undefined && question.many) {
        if (chosen.includes(option)) chosen.splice(chosen.indexOf(option), 1)
        else chosen.push(option)
        await show(questionCard(at, chosen))
      } else if (option !== undefined || (tap === 'next' && chosen.length > 0)) {
        answers[question.key] = option ?? chosen
        break
      }
    }
  }
  await show(summaryCard(answers))
  do ctx = await conversation.wait()
  while (ctx.callbackQuery?.data !== 'submit')
  const chat = ctx.chatId ?? 0
  const number = await conversation.external(() => submissions.add(chat, answers))
  await show({ text: doneText(number), reply_markup: { inline_keyboard: [] } })
}

const bot = new Bot<BotContext>(settings.token, {
  client: { apiRoot: settings.telegram, canUseWebhookReply: (method) => method === 'answerCallbackQuery' },
})
// Outermost: answers the tap in the webhook's own response, after the state is stored.
bot.use(async (ctx, next) => {
  await next()
  if (ctx.callbackQuery) await ctx.answerCallbackQuery()
})
bot.use(conversations<BotContext, Context>({ storage }))
bot.use(createConversation(intake))
bot.command('start', (ctx) => ctx.conversation.enter('intake'))

const handle = webhookCallback(bot, 'http', { secretToken: settings.secret })
const server = createServer((request, response) => {
  if (request.method === 'POST') return handle(request, response)
  response.end('ready')
})
await bot.init()
server.listen(settings.port, '127.0.0.1')
