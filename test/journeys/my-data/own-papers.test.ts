import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { newestFile } from '#test/support/my-data.ts'
import { openWithRequest } from '#test/support/submitted.ts'

/** The words of the newest file in a chat. */
const newestPaper = async (chat: Chat): Promise<{ name: string; text: string }> => {
  const { name, bytes } = newestFile(chat)
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
  return { name, text: text.replace(/\s+/g, ' ') }
}

const consents = async (chat: Chat) => {
  await chat.say('/mydata')
  await chat.tap('Мои согласия')
}

test('a family prints its filled-in application and the sheets from the bot, to sign them on paper', async () => {
  const { olga, number, world } = await openWithRequest()
  await consents(olga)
  olga.sees(/можно распечатать и подписать на бумаге/)
  await olga.tap('Заявление на бумаге')
  const application = await newestPaper(olga)
  expect(application.name).toContain(number)
  for (const words of [
    'Заявление о социальном сопровождении',
    number,
    'Сын не выходит из комнаты',
    'подпись',
  ])
    expect(application.text).toContain(words)
  await olga.play([
    ['3. Мои данные', 'my-consent'],
    ['Лист на подпись', 'my-consent'],
  ])
  const sheet = await newestPaper(olga)
  expect(sheet.text).toContain('Подписью на этом листе и датой рядом с ней')
  expect(sheet.text).not.toContain('Кнопкой')
  expect(world.telegram.refused).toEqual([])
})

test('a minor’s paper holds no word of what they told, and a parent gets none of it', async () => {
  const { dasha } = await openWithDasha()
  await consents(dasha)
  dasha.sees(/Рассказа в них нет/)
  await dasha.tap('Заявление на бумаге')
  const { text } = await newestPaper(dasha)
  expect(text).toContain('Прошу помочь мне')
  expect(text).not.toContain('Что происходит')
})

test('whoever asked for nothing themselves has nothing to print, not even by hand', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await consents(olga)
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Заявление на бумаге')
  await olga.byHand('my-consents.file.')
  expect(newestFile(olga).bytes).toHaveLength(0)
})
