import { expect } from 'vitest'
import type { Chat } from './chat.ts'

/** The newest file that the bot has sent into a chat. */
export const newestFile = (chat: Chat): { name: string; bytes: Buffer } => {
  const sent = chat
    .messages()
    .findLast(({ by, document }) => by === 'bot' && document !== undefined)?.document
  return {
    name: sent?.file_name ?? '',
    bytes: Buffer.from(chat.telegram.file(sent?.file_id ?? '')?.bytes ?? ''),
  }
}

/** The copy of their data that somebody gets in the bot. */
export const copyOf = async (chat: Chat): Promise<string> => {
  await chat.say('/mydata')
  await chat.tap('Получить копию')
  await chat.tap('Файл для программ')
  const { name, bytes } = newestFile(chat)
  expect(name).toBe('Мои данные.json')
  return bytes.toString()
}

/** The same without the moment at which it was made. */
export const stableCopyOf = async (chat: Chat): Promise<string> =>
  (await copyOf(chat)).replace(/"madeAt": "[^"]+"/, '"madeAt": ""')

/** All that a person reads about their data in the bot. */
export const dataScreensOf = async (chat: Chat): Promise<string[]> => {
  const seen: string[] = []
  for (const door of ['my-data', 'my-data-looks', 'my-consents', 'my-data-copy']) {
    await chat.byHand(`-.${door}.`)
    const labels = chat.buttons(chat.card()).map(({ text }) => text)
    seen.push(`${door}: ${chat.text()} ${labels.join(' | ')}`)
  }
  return seen
}
