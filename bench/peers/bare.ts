import { createServer } from 'node:http'
import { Bot, webhookCallback } from 'grammy'
import { readSettings } from './settings.ts'

const settings = readSettings()
const bot = new Bot(settings.token, { client: { apiRoot: settings.telegram } })
bot.on('message:text', (ctx) => ctx.reply('ok'))

const handle = webhookCallback(bot, 'http', { secretToken: settings.secret })
const server = createServer((request, response) => {
  if (request.method === 'POST') return handle(request, response)
  response.end('ready')
})
await bot.init()
server.listen(settings.port, '127.0.0.1')
