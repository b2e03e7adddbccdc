import { fastify } from 'fastify'
import { Bot, InputFile } from 'grammy'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '#core/clock.ts'
import { serveTelegram } from '#sandbox/telegram/http.ts'
import { fetchFrom } from '#sandbox/telegram/in-process.ts'
import { createTelegram, type Telegram } from '#sandbox/telegram/telegram.ts'

const token = '7000001:test'
const undo: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const overSockets = async (telegram: Telegram) => {
  const app = fastify()
  serveTelegram(app, telegram)
  undo.push(() => app.close())
  return new Bot(token, { client: { apiRoot: await app.listen({ port: 0, host: '127.0.0.1' }) } })
}
const inProcess = async (telegram: Telegram) =>
  new Bot(token, { client: { fetch: fetchFrom(telegram) as never } })

describe.each([
  ['over sockets', overSockets],
  ['in process', inProcess],
])('a grammY bot %s', (_, connect) => {
  const start = async () => {
    const telegram = createTelegram({ token, clock: systemClock })
    undo.push(() => telegram.stop())
    const bot = await connect(telegram)
    const person = telegram.addPerson({ firstName: 'Ольга', phone: '+79001112233' })
    return { telegram, bot, person, run: () => run(telegram, bot) }
  }
  const run = async (telegram: Telegram, bot: Bot) => {
    undo.push(() => bot.stop())
    bot.start()
    await telegram.idle()
  }

  test('echoes, edits, answers taps', async () => {
    const { telegram, bot, person, run } = await start()
    bot.on('message:text', (context) =>
      context.reply(`<b>${context.msg.text}</b>`, {
        parse_mode: 'HTML',
        reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
      }),
    )
    bot.on('callback_query', async (context) => {
      await context.editMessageText('Готово')
      await context.answerCallbackQuery({ text: 'Хорошо', show_alert: true })
    })
    await run()
    telegram.sendText(person.id, 'привет')
    await telegram.idle()
    const [, reply] = telegram.chat(person.id)
    expect(reply).toMatchObject({
      by: 'bot',
      text: 'привет',
      entities: [{ type: 'bold', offset: 0, length: 6 }],
    })
    const answer = await telegram.tap(person.id, reply?.message_id ?? 0, 'yes')
    expect(answer).toEqual({ text: 'Хорошо', showAlert: true })
    await telegram.idle()
    expect(telegram.chat(person.id).at(-1)).toMatchObject({ text: 'Готово' })
    expect(telegram.chat(person.id).at(-1)?.reply_markup).toBeUndefined()
    expect(telegram.refused).toEqual([])
  })

  test('uploads a document with a Russian name, and downloads a person’s file', async () => {
    const { telegram, bot, person, run } = await start()
    const got: unknown[] = []
    bot.on('message:document', async (context) => {
      got.push(await context.getFile())
      const file = new InputFile(Buffer.from('согласие'), 'Согласие полностью.pdf')
      const sent = await context.replyWithDocument(file, { caption: '<i>Целиком</i>', parse_mode: 'HTML' })
      await context.replyWithDocument(sent.document.file_id)
    })
    await run()
    telegram.sendDocument(person.id, { name: 'a.txt', bytes: Buffer.from('abc') })
    await telegram.idle()
    expect(got).toMatchObject([{ file_size: 3 }])
    const [, first, second] = telegram.chat(person.id)
    expect(first).toMatchObject({
      caption: 'Целиком',
      document: { file_name: 'Согласие полностью.pdf', mime_type: 'application/pdf' },
    })
    expect(second?.document?.file_id).toBe(first?.document?.file_id)
    expect(Buffer.from(telegram.file(first?.document?.file_id ?? '')?.bytes ?? []).toString()).toBe(
      'согласие',
    )
  })

  test('is fast: 500 echoes', async () => {
    const { telegram, bot, person, run } = await start()
    bot.on('message', (context) => context.reply('ok'))
    await run()
    const begun = performance.now()
    for (let count = 0; count < 500; count += 1) telegram.sendText(person.id, `${count}`)
    await telegram.idle(20_000)
    const each = (performance.now() - begun) / 500
    process.stdout.write(`${each.toFixed(3)} ms an echo\n`)
    expect(telegram.chat(person.id)).toHaveLength(1000)
  })
})
