import { describe, expect, test } from 'vitest'
import { checkCall } from '#sandbox/telegram/description.ts'
import { play } from './play.ts'

const button = (rest: object) => ({ reply_markup: { inline_keyboard: [[{ text: 'Да', ...rest }]] } })
const to = { chat_id: 5_000_001 }
const entity = (html: string) => ({ ...to, text: html, parse_mode: 'HTML' })

describe('a call that Telegram (or its description) refuses', () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    ['unknown method', 'sendLetter', {}, 'Not Found: method not found'],
    ['known but not emulated', 'sendDice', to, 'Not emulated: sendDice'],
    [
      'unknown parameter',
      'sendMessage',
      { ...to, text: 'a', disable_web_page_preview: true },
      'unknown parameter "disable_web_page_preview"',
    ],
    [
      'unknown parameter of a button',
      'sendMessage',
      { ...to, text: 'a', ...button({ callback_data: 'x', colour: 'red' }) },
      'unknown parameter "colour"',
    ],
    [
      'inherited name',
      'sendMessage',
      { ...to, text: 'a', constructor: 1 },
      'unknown parameter "constructor"',
    ],
    ['no chat', 'sendMessage', { text: 'a' }, 'chat_id is empty'],
    ['no text', 'sendMessage', to, 'message text is empty'],
    ['text of spaces', 'sendMessage', { ...to, text: ' \n ' }, 'message text is empty'],
    ['text of empty tags', 'sendMessage', entity('<b></b>'), 'message text is empty'],
    ['too long', 'sendMessage', { ...to, text: 'я'.repeat(4097) }, 'message is too long'],
    ['too long by emoji', 'sendMessage', { ...to, text: '🙂'.repeat(2049) }, 'message is too long'],
    ['wrong type', 'sendMessage', { ...to, text: 5 }, 'must be of type String'],
    [
      'wrong nested type',
      'sendMessage',
      { ...to, text: 'a', ...button({ callback_data: 5 }) },
      'must be of type String',
    ],
    ['unknown chat', 'sendMessage', { chat_id: 404, text: 'a' }, 'chat not found'],
    [
      'payload of 65 bytes',
      'sendMessage',
      { ...to, text: 'a', ...button({ callback_data: `${'я'.repeat(32)}a` }) },
      'BUTTON_DATA_INVALID',
    ],
    [
      'empty payload',
      'sendMessage',
      { ...to, text: 'a', ...button({ callback_data: '' }) },
      'BUTTON_DATA_INVALID',
    ],
    [
      'button without an action',
      'sendMessage',
      { ...to, text: 'a', ...button({}) },
      'Text buttons are unallowed',
    ],
    [
      'button with an invalid URL',
      'sendMessage',
      { ...to, text: 'a', ...button({ url: 'tel:112' }) },
      'Wrong HTTP URL',
    ],
    [
      'unknown tag',
      'sendMessage',
      entity('<h1>a</h1>'),
      'can\'t parse entities: Unsupported start tag "h1" at byte offset 0',
    ],
    [
      'unescaped character',
      'sendMessage',
      entity('я < 5'),
      'can\'t parse entities: Unsupported start tag "" at byte offset 3',
    ],
    [
      'unclosed tag',
      'sendMessage',
      entity('<b>a'),
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    ['tags crossed', 'sendMessage', entity('<b><i>a</b></i>'), "can't parse entities: Unmatched end tag"],
    ['tag never opened', 'sendMessage', entity('a</b>'), "can't parse entities: Unexpected end tag"],
    [
      'markdown',
      'sendMessage',
      { ...to, text: '*a*', parse_mode: 'MarkdownV2' },
      'Not emulated: parse_mode MarkdownV2',
    ],
    [
      'overlong caption',
      'sendDocument',
      { ...to, document: 'x', caption: 'a'.repeat(1025) },
      'message caption is too long',
    ],
    ['file unknown', 'sendDocument', { ...to, document: 'x' }, 'wrong file identifier/HTTP URL specified'],
    ['nothing to edit', 'editMessageText', { ...to, message_id: 99, text: 'a' }, 'message to edit not found'],
    [
      "editing a person's message",
      'editMessageText',
      { ...to, message_id: 1, text: 'a' },
      "message can't be edited",
    ],
    ['nothing to delete', 'deleteMessage', { ...to, message_id: 99 }, 'message to delete not found'],
    [
      'unknown tap',
      'answerCallbackQuery',
      { callback_query_id: '1' },
      'query is too old and response timeout expired or query ID is invalid',
    ],
    [
      'overlong answer to a tap',
      'answerCallbackQuery',
      { callback_query_id: '1', text: 'a'.repeat(201) },
      'MESSAGE_TOO_LONG',
    ],
    [
      'command in Russian',
      'setMyCommands',
      { commands: [{ command: 'меню', description: 'a' }] },
      'BOT_COMMAND_INVALID',
    ],
    [
      'command in capitals',
      'setMyCommands',
      { commands: [{ command: 'Menu', description: 'a' }] },
      'BOT_COMMAND_INVALID',
    ],
    [
      'unknown scope',
      'setMyCommands',
      { commands: [], scope: { kind: 'default' } },
      'unknown parameter "kind"',
    ],
    [
      'language of three letters',
      'setMyDescription',
      { description: 'a', language_code: 'rus' },
      'invalid language code',
    ],
    ['description too long', 'setMyDescription', { description: 'a'.repeat(513) }, 'is too long'],
    ['webhook without HTTPS', 'setWebhook', { url: 'http://example.org/' }, 'An HTTPS URL must be provided'],
    [
      'webhook on a wrong port',
      'setWebhook',
      { url: 'https://example.org:3000/' },
      'only on ports 80, 88, 443 or 8443',
    ],
    [
      'webhook with a wrong secret',
      'setWebhook',
      { url: 'https://example.org/', secret_token: 'ё' },
      'secret token contains unallowed characters',
    ],
    ['action unknown', 'sendChatAction', { ...to, action: 'thinking' }, 'wrong parameter action'],
  ])('%s', async (_, method, params, text) => {
    const { refusal, telegram, person } = play()
    const before = telegram.chat(person.id)
    expect(await refusal(method, params)).toContain(text)
    expect(telegram.chat(person.id)).toEqual(before)
    expect(telegram.calls.at(-1)).toMatchObject({
      method,
      error: { description: expect.stringContaining(text) },
    })
  })

  test('a wrong token, a person who never wrote, a person who has blocked the bot', async () => {
    const { telegram, person, call, refusal } = play()
    expect((await telegram.execute('7000001:other', 'getMe', {})).status).toBe(401)
    const silent = telegram.addPerson({ firstName: 'Даша', phone: '+79001112244' })
    expect(await refusal('sendMessage', { chat_id: silent.id, text: 'a' })).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    )
    telegram.block(person.id)
    expect(await call('sendMessage', { ...to, text: 'a' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    })
    expect(() => telegram.sendText(person.id, 'a')).toThrow('blocked')
    telegram.unblock(person.id)
    expect(await refusal('sendMessage', { ...to, text: 'a' })).toBe('')
  })

  test('only violations of the description and calls that are not emulated count as refused', async () => {
    const { telegram, refusal } = play()
    await refusal('deleteMessage', { ...to, message_id: 99 })
    expect(telegram.refused).toEqual([])
    await refusal('sendMessage', { ...to, text: 'a', oops: 1 })
    await refusal('sendDice', to)
    expect(telegram.refused.map((call) => call.method)).toEqual(['sendMessage', 'sendDice'])
  })
})

test('form strings are converted to the described types', () => {
  expect(checkCall('deleteMessage', { chat_id: '5', message_id: 'x' })).toContain('must be of type Integer')
  expect(
    checkCall('sendMessage', { chat_id: 5, text: 'a', reply_markup: { inline_keyboard: {} } }),
  ).toContain('Array')
})
