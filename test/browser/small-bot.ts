import { Bot, InputFile, Keyboard } from 'grammy'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { addDemoPeople } from '#sandbox/demo-people.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'

const token = '7000001:page'
/** One white pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

const card = (chosen: boolean) => ({
  inline_keyboard: [
    [{ text: chosen ? '✓ Выбрано' : 'Выбрать', callback_data: chosen ? 'off' : 'on' }],
    [
      { text: 'Дальше', callback_data: 'next' },
      { text: 'Важное', callback_data: 'alert' },
    ],
  ],
})

/** The emulated Telegram with its page, and a bot that uses everything the page has to render. */
export const startSmallBot = async () => {
  const telegram = createTelegram({ token, clock: systemClock })
  addDemoPeople(telegram)
  const sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent') })
  await sandbox.start()
  const bot = new Bot(token, { client: { apiRoot: sandbox.apiRoot } })
  let release = () => {}
  /** While held, taps are not answered. */
  let held = Promise.resolve()

  bot.command('start', (context) =>
    context.reply(`<b>Здравствуйте</b>, ${context.match || 'без приглашения'}`, {
      parse_mode: 'HTML',
      reply_markup: card(false),
    }),
  )
  bot.command('phone', (context) =>
    context.reply('Ваш номер?', {
      reply_markup: new Keyboard().requestContact('Отправить мой номер').resized().oneTime(),
    }),
  )
  bot.command('link', (context) => context.reply(`https://t.me/${context.me.username}?start=pair_42`))
  bot.command('secret', (context) => context.reply('Никому', { protect_content: true }))
  bot.command('picture', (context) => context.replyWithPhoto(new InputFile(picture, 'точка.png')))
  bot.command('file', (context) =>
    context.replyWithDocument(new InputFile(Buffer.from('да'), 'Согласие.txt')),
  )
  bot.command('gone', async (context) => {
    const { chat, message_id } = await context.reply('Исчезну')
    setTimeout(() => void context.api.deleteMessage(chat.id, message_id), 400)
  })
  bot.on('message:contact', (context) => context.reply(`Записан ${context.msg.contact.phone_number}`))
  bot.on('message', (context) => context.reply(`Получено: ${context.msg.text ?? 'не текст'}`))
  bot.on('callback_query:data', async (context) => {
    await held
    const { data } = context.callbackQuery
    if (data === 'alert') return context.answerCallbackQuery({ text: 'Прочтите', show_alert: true })
    if (data === 'next') await context.editMessageText('Второй вопрос')
    else await context.editMessageReplyMarkup({ reply_markup: card(data === 'on') })
    return context.answerCallbackQuery({ text: 'Записано' })
  })
  await bot.api.setMyCommands([
    { command: 'start', description: 'Начать' },
    { command: 'phone', description: 'Оставить номер' },
    { command: 'picture', description: 'Картинка' },
  ])
  bot.start()

  return {
    telegram,
    url: sandbox.url,
    receiver: sandbox.receiver,
    write: (personId: number, text: string) => bot.api.sendMessage(personId, text),
    hold: () => {
      held = new Promise((resolve) => {
        release = resolve
      })
    },
    release: () => release(),
    stop: async () => {
      release()
      await bot.stop()
      await sandbox.stop()
    },
  }
}
