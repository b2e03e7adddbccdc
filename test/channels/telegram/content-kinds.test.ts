import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fieldKinds, fieldsOf, isService } from '#channels/telegram/content-kinds.ts'
import { toInput, updateSchema } from '#channels/telegram/update.ts'

const text = readFileSync(new URL('../../../src/sandbox/telegram/bot-api.json', import.meta.url), 'utf8')
const { types } = JSON.parse(text) as { types: { Message: { fields: Record<string, unknown> } } }
const fields = Object.keys(types.Message.fields)

const person = { id: 5, is_bot: false, first_name: 'Ольга' }
const about = { message_id: 7, date: 1_700_000_000, from: person, chat: { id: 5, type: 'private' } }
const received = (content: Record<string, unknown>) =>
  toInput(updateSchema.parse({ update_id: 1, message: { ...about, ...content } }))?.event

test('every field of a message in the Bot API is classified, and no other', () => {
  expect(fields.length).toBeGreaterThan(100)
  expect(fields.filter((field) => !fieldKinds.has(field))).toEqual([])
  expect([...fieldKinds.keys()].filter((field) => !fields.includes(field))).toEqual([])
})

test.each(fieldsOf('service'))('%s is nobody’s words: no answer', (field) => {
  expect(isService({ ...about, [field]: {} })).toBe(true)
  expect(received({ [field]: {} })).toBeUndefined()
})

test.each(fieldsOf('unreadable'))('%s is answered: nobody can be shown it', (field) => {
  expect(received({ [field]: {} })).toEqual({ kind: 'unreadable' })
})

test('a field that is newer than the table is answered, too', () => {
  expect(received({ hologram: {} })).toEqual({ kind: 'unreadable' })
})

const file = { file_id: 'F', file_unique_id: 'U' }
const samples: Record<string, [unknown, object]> = {
  text: ['да', { kind: 'text', text: 'да' }],
  rich_message: [
    { blocks: [{ type: 'paragraph', text: ['мне ', { type: 'bold', text: 'страшно' }] }] },
    { text: 'мне страшно' },
  ],
  contact: [
    { phone_number: '7900', first_name: 'Пётр' },
    { kind: 'contact', own: false, name: 'Пётр' },
  ],
  poll: [{ question: 'Кто?', options: [{ text: 'я' }] }, { text: 'Кто?\n– я' }],
  checklist: [{ title: 'Взять', tasks: [{ text: 'паспорт' }] }, { text: 'Взять\n– паспорт' }],
  animation: [file, { kind: 'file', file: { kind: 'animation' } }],
  audio: [file, { kind: 'file', file: { kind: 'audio' } }],
  document: [file, { kind: 'file', file: { kind: 'document' } }],
  live_photo: [
    { ...file, photo: [{ ...file, width: 1 }] },
    { kind: 'file', file: { kind: 'photo' } },
  ],
  photo: [[{ ...file, width: 1 }], { kind: 'file', file: { kind: 'photo' } }],
  video: [file, { kind: 'file', file: { kind: 'video' } }],
  video_note: [file, { kind: 'file', file: { kind: 'video-note' } }],
  voice: [file, { kind: 'file', file: { kind: 'voice' } }],
  location: [
    { latitude: 45, longitude: 42 },
    { kind: 'place', live: false },
  ],
  venue: [
    { location: { latitude: 45, longitude: 42 }, title: 'Школа', address: 'Мира, 1' },
    { kind: 'place', title: 'Школа, Мира, 1' },
  ],
  sticker: [
    { ...file, emoji: '😭' },
    { kind: 'gesture', emoji: '😭' },
  ],
  dice: [
    { emoji: '🎲', value: 3 },
    { kind: 'gesture', emoji: '🎲' },
  ],
  game: [{ title: 'Змейка' }, { kind: 'gesture', emoji: null }],
}

test.each([...fieldsOf('words'), ...fieldsOf('file'), ...fieldsOf('place'), ...fieldsOf('gesture')])(
  '%s is read',
  (field) => {
    const [content, event] = samples[field] ?? []
    expect(received({ [field]: content })).toMatchObject(event ?? { no: 'sample' })
  },
)
