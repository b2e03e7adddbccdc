import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import type { Update } from '#sandbox/telegram/types.ts'
import { caller, movableClock, token } from './play.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rm(dir, { recursive: true }))

const open = () => {
  const telegram = createTelegram({ token, clock: movableClock(), file: join(dir, 'telegram.sqlite') })
  return { telegram, ...caller(telegram) }
}

test('a restart shows the same chats and delivers pending updates', async () => {
  const first = open()
  const { id } = first.telegram.addPerson({ firstName: 'Ольга', phone: '+79001112233' })
  first.telegram.start(id, 'abc')
  const markup = { keyboard: [[{ text: 'Меню' }]], one_time_keyboard: true }
  await first.send(id, 'Здравствуйте', { reply_markup: markup, protect_content: true })
  const file = first.telegram.sendDocument(id, { name: 'a.txt', bytes: Buffer.from('abc') }).document?.file_id
  await first.call('setMyCommands', {
    commands: [{ command: 'menu', description: 'Меню' }],
    language_code: 'ru',
  })
  const chat = first.telegram.chat(id)
  const tap = first.telegram.tap(id, chat[1]?.message_id ?? 0, 'x')
  const updates: Update[] = (await first.call('getUpdates')).result
  await first.telegram.stop()
  expect(await tap).toBe('expired')

  const second = open()
  expect(second.telegram.chat(id)).toEqual(chat)
  expect(second.telegram.keyboard(id)).toMatchObject({ keyboard: markup.keyboard, folded: false })
  expect(second.telegram.commands(id)).toEqual([{ command: 'menu', description: 'Меню' }])
  expect(Buffer.from(second.telegram.file(file ?? '')?.bytes ?? []).toString()).toBe('abc')
  expect((await second.call('getUpdates')).result).toEqual(updates)
  const message = second.telegram.sendText(id, 'ещё')
  expect(message.message_id).toBe((chat.at(-1)?.message_id ?? 0) + 1)
  const query = updates.find((update) => 'callback_query' in update)
  expect(
    query &&
      (
        await second.call('answerCallbackQuery', {
          callback_query_id: 'callback_query' in query ? query.callback_query.id : '',
        })
      ).ok,
  ).toBe(true)
  await second.telegram.stop()
})

test('after a crash no id is reused', async () => {
  const crashed = open()
  const { id } = crashed.telegram.addPerson({ firstName: 'Ольга', phone: '+79001112233' })
  crashed.telegram.start(id)
  await new Promise((resolve) => setTimeout(resolve, 150))
  const lost = crashed.telegram.sendText(id, 'written too late for the file')
  const used: Update[] = (await crashed.call('getUpdates')).result

  const again = open()
  expect(again.telegram.chat(id)).toHaveLength(1)
  expect(again.telegram.sendText(id, 'a').message_id).toBeGreaterThan(lost.message_id)
  const newest: Update[] = (await again.call('getUpdates', { offset: -1 })).result
  expect(newest[0]?.update_id).toBeGreaterThan(used.at(-1)?.update_id ?? 0)
  await again.telegram.stop()
  await crashed.telegram.stop()
})
