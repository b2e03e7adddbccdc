import fastify from 'fastify'
import { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import { leanClient } from './lean-client.ts'
import { readSettings } from './settings.ts'

const settings = readSettings()
const bot = new Bot(settings.token, {
  client: { apiRoot: settings.telegram, ...(settings.client === 'lean' && leanClient()) },
})
bot.on('message:text', (ctx) => ctx.reply('ok'))
await bot.init()

// A route that passes the parsed body on is slightly cheaper than grammY's own webhook adapters.
const app = fastify({ logger: false })
app.get('/', () => 'ready')
app.post<{ Body: Update }>('/telegram/webhook', async (request, reply) => {
  if (request.headers['x-telegram-bot-api-secret-token'] !== settings.secret) return reply.code(401).send()
  await bot.handleUpdate(request.body)
  return reply.code(200).send()
})
await app.listen({ port: settings.port, host: '127.0.0.1' })
