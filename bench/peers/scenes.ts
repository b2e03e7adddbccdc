import { createServer } from 'node:http'
import { Pool } from 'pg'
import { Scenes, Telegraf } from 'telegraf'
import RedisSession from 'telegraf-session-redis'
import {
  type Answers,
  asked,
  type Card,
  doneText,
  questionCard,
  readTap,
  summaryCard,
} from './questionnaire.ts'
import { readSettings, redisStore } from './settings.ts'
import { createSubmissions } from './submissions.ts'

const settings = readSettings()
const submissions = await createSubmissions(new Pool({ connectionString: settings.postgres, max: 10 }))

type State = { answers?: Answers; chosen?: string[]; live?: number }

const typedText = (ctx: Scenes.WizardContext) =>
  ctx.message && 'text' in ctx.message ? ctx.message.text : undefined
const tapData = (ctx: Scenes.WizardContext) =>
  ctx.callbackQuery && 'data' in ctx.callbackQuery ? ctx.callbackQuery.data : ''
const stateOf = (ctx: Scenes.WizardContext): State => ctx.wizard.state

/** One live card: edited after a tap; typed text gets a new one, and the old one loses its buttons. */
const show = async (ctx: Scenes.WizardContext, { text, reply_markup }: Card) => {
  const state = stateOf(ctx)
  if (ctx.callbackQuery) {
    await ctx.editMessageText(text, { parse_mode: 'HTML', reply_markup })
    return
  }
  const old = state.live
  state.live = (await ctx.reply(text, { parse_mode: 'HTML', reply_markup })).message_id
  if (old !== undefined) await ctx.telegram.editMessageReplyMarkup(ctx.chat?.id, old, undefined, undefined)
}

/** Step 0 greets; step 1 + i handles the answer to question i; the last one is the summary's. */
const hear = (at: number) => async (ctx: Scenes.WizardContext) => {
  const question = asked[at]
  if (!question) return
  const state = stateOf(ctx)
  state.answers ??= {}
  const typed = typedText(ctx)
  if (!question.options) {
    if (typed === undefined || !question.accepts?.test(typed)) return
    state.answers[question.key] = typed
    return goOn(ctx, at + 1)
  }
  const tap = readTap(at, tapData(ctx))
  if (tap === undefined) return
  const option = tap === 'next' ? undefined : question.options[tap]
  const chosen = state.chosen ?? []
  if (option !== undefined && question.many) {
    state.chosen = chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]
    return show(ctx, questionCard(at, state.chosen))
  }
  if (option === undefined && chosen.length === 0) return
  state.answers[question.key] = option ?? chosen
  delete state.chosen
  return goOn(ctx, at + 1)
}

const goOn = async (ctx: Scenes.WizardContext, at: number) => {
  const { answers = {} } = stateOf(ctx)
  await show(ctx, at === asked.length ? summaryCard(answers) : questionCard(at))
  ctx.wizard.next()
}

const greet = async (ctx: Scenes.WizardContext) => {
  await show(ctx, questionCard(0))
  ctx.wizard.next()
}

const confirm = async (ctx: Scenes.WizardContext) => {
  if (tapData(ctx) !== 'submit') return
  const number = await submissions.add(ctx.chat?.id ?? 0, stateOf(ctx).answers ?? {})
  await show(ctx, { text: doneText(number), reply_markup: { inline_keyboard: [] } })
  return ctx.scene.leave()
}

const intake = new Scenes.WizardScene<Scenes.WizardContext>(
  'intake',
  greet,
  ...asked.map((_, at) => hear(at)),
  confirm,
)
const stage = new Scenes.Stage<Scenes.WizardContext>([intake])

const bot = new Telegraf<Scenes.WizardContext>(settings.token, { telegram: { apiRoot: settings.telegram } })
// Outermost: answers the tap in the webhook's own response, after the session is saved.
bot.use(async (ctx, next) => {
  await next()
  if (ctx.callbackQuery) await ctx.answerCbQuery()
})
bot.use(new RedisSession({ store: redisStore(settings.redis) }).middleware())
bot.use(stage.middleware())
bot.start((ctx) => ctx.scene.enter('intake'))

const handle = bot.webhookCallback('/telegram/webhook', { secretToken: settings.secret })
const server = createServer((request, response) => {
  if (request.method === 'POST') return handle(request, response)
  response.end('ready')
})
bot.botInfo = await bot.telegram.getMe()
server.listen(settings.port, '127.0.0.1')
