import { describe, expect, test } from 'vitest'
import { checkType } from '#sandbox/telegram/description.ts'
import { play } from './play.ts'

const button = (rest: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'Да', ...rest }]] } })
const to = { chat_id: 5_000_001 }

describe('an edit', () => {
  test('removes the buttons unless it has some, and must change something', async () => {
    const { person, send, call, refusal } = play()
    const { message_id } = await send(person.id, 'a', button({ callback_data: 'x' }))
    const at = { ...to, message_id }
    expect(
      await refusal('editMessageText', {
        ...at,
        text: '<b>a</b>',
        parse_mode: 'HTML',
        ...button({ callback_data: 'x' }),
      }),
    ).toBe('')
    expect(
      await refusal('editMessageText', {
        ...at,
        text: '<b>a</b>',
        parse_mode: 'HTML',
        ...button({ callback_data: 'x' }),
      }),
    ).toContain('message is not modified')
    expect(await refusal('editMessageReplyMarkup', { ...at, ...button({ callback_data: 'x' }) })).toContain(
      'message is not modified',
    )
    expect((await call('editMessageText', { ...at, text: 'b' })).result).not.toHaveProperty('reply_markup')
    expect(await refusal('editMessageReplyMarkup', at)).toContain('message is not modified')
    expect(await refusal('editMessageCaption', { ...at, caption: 'c' })).toContain('there is no caption')
  })

  test('is impossible for a message with a reply keyboard; deleting it removes the keyboard', async () => {
    const { telegram, person, send, refusal } = play()
    const keyboard = { keyboard: [[{ text: 'Мой номер', request_contact: true }]], one_time_keyboard: true }
    const { message_id } = await send(person.id, 'a', { reply_markup: keyboard })
    expect(await refusal('editMessageText', { ...to, message_id, text: 'b' })).toContain(
      "message can't be edited",
    )
    expect(telegram.keyboard(person.id)).toMatchObject({ folded: false })
    const contact = telegram.press(person.id, 'Мой номер')
    expect(contact.contact).toEqual({ phone_number: '79001112233', first_name: 'Ольга', user_id: person.id })
    expect(telegram.keyboard(person.id)).toMatchObject({ folded: true })
    await refusal('deleteMessage', { ...to, message_id })
    expect(telegram.keyboard(person.id)).toBeNull()
  })
})

test('messages up to 48 hours old can be deleted, including the person’s own; older ones cannot', async () => {
  const { telegram, clock, person, send, refusal } = play()
  const old = await send(person.id, 'a')
  clock.forward(48 * 3600 + 1)
  const young = await send(person.id, 'b')
  const words = telegram.sendText(person.id, 'c')
  expect(await refusal('deleteMessage', { ...to, message_id: old.message_id })).toContain(
    "message can't be deleted",
  )
  expect(
    await refusal('deleteMessages', { ...to, message_ids: [young.message_id, words.message_id, 999] }),
  ).toBe('')
  expect(telegram.chat(person.id).map((message) => message.text)).toEqual(['/start', 'a'])
})

test('a tap is answered once, within 150 seconds', async () => {
  const { telegram, clock, person, send, call, refusal } = play()
  const { message_id } = await send(person.id, 'a', button({ callback_data: 'x' }))
  const queryOf = (updates: { callback_query?: { id: string } }[]) => updates.at(-1)?.callback_query?.id
  const first = telegram.tap(person.id, message_id, 'x')
  const id = queryOf((await call('getUpdates')).result)
  expect(await refusal('answerCallbackQuery', { callback_query_id: id, text: 'Да' })).toBe('')
  expect(await refusal('answerCallbackQuery', { callback_query_id: id })).toContain('query is too old')
  expect(await first).toEqual({ text: 'Да' })
  const second = telegram.tap(person.id, message_id, 'made by hand')
  const late = queryOf((await call('getUpdates')).result)
  clock.forward(151)
  expect(await refusal('answerCallbackQuery', { callback_query_id: late })).toContain('query is too old')
  expect(await second).toBe('expired')
})

test('sending rates, if enabled', async () => {
  const { clock, person, call } = play({ limits: 'telegram' })
  const send = () => call('sendMessage', { chat_id: person.id, text: 'a' })
  for (let count = 0; count < 20; count += 1) expect((await send()).ok).toBe(true)
  expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } })
  clock.forward(1)
  expect((await send()).ok).toBe(true)
})

test('the emulator’s output matches the API description', async () => {
  const { telegram, person, send, call } = play()
  const { message_id } = await send(person.id, 'a', button({ callback_data: 'x' }))
  telegram.sendText(person.id, 'см. https://example.org и +7 900 111-22-33 /menu #тег')
  telegram.sendDocument(person.id)
  telegram.sendPhoto(person.id)
  telegram.sendSticker(person.id)
  telegram.sendVoice(person.id)
  telegram.sendLocation(person.id)
  telegram.sendPoll(person.id)
  telegram.shareContact(person.id)
  telegram.forward(person.id, 'a')
  telegram.edit(person.id, 1, 'b')
  telegram.sendToGroup(person.id, 'a')
  telegram.tap(person.id, message_id, 'x')
  telegram.tap(person.id, 12345, 'gone')
  telegram.block(person.id)
  const updates: unknown[] = (await call('getUpdates')).result
  expect(updates).toHaveLength(15)
  for (const update of updates) expect(checkType('Update', update)).toBeUndefined()
  expect(checkType('Array of BotCommand', (await call('getMyCommands')).result)).toBeUndefined()
  expect(checkType('User', (await call('getMe')).result)).toBeUndefined()
  expect(checkType('WebhookInfo', (await call('getWebhookInfo')).result)).toBeUndefined()
  telegram.unblock(person.id)
  expect(checkType('ChatFullInfo', (await call('getChat', to)).result)).toBeUndefined()
})
