import { z } from 'zod'
import type { InputKey } from '#core/channel.ts'
import { cleanText } from '#core/words.ts'
import { crisisAction, decodeTap, standsAlone } from '#dialogue/callback-data.ts'
import type { Input, InputEvent, Unsupported } from '#dialogue/input.ts'
import { fileOf } from './sent-file.ts'

const id = z
  .number()
  .int()
  .min(-(2 ** 52))
  .max(2 ** 52)
const from = z.looseObject({ id, is_bot: z.boolean(), language_code: z.string().max(35).optional() })
const chat = z.looseObject({ id, type: z.enum(['private', 'group', 'supergroup', 'channel']) })
const entity = z.looseObject({ type: z.string(), offset: z.number().int(), length: z.number().int() })

const message = z.looseObject({
  message_id: z.number().int(),
  date: z.number().int().default(0),
  from: from.optional(),
  chat,
  text: z
    .string()
    .max(4096 * 4)
    .optional(),
  entities: z.array(entity).optional(),
  contact: z.looseObject({ phone_number: z.string().max(64), user_id: id.optional() }).optional(),
})
type Message = z.infer<typeof message>

/** The part of an update that the bot reads; other fields are passed through. */
export const updateSchema = z.looseObject({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .looseObject({
      id: z.string(),
      from,
      data: z.string().max(256).optional(),
      message: z.looseObject({ message_id: z.number().int(), chat }).optional(),
    })
    .optional(),
})
export type KnownUpdate = z.infer<typeof updateSchema>

/** The kinds of updates requested from Telegram. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query'] as const

export const accountOf = (userId: number): string => `telegram:${userId}`
export const chatOf = (account: string): number => Number(account.slice('telegram:'.length))

/** Outside this folder, message ids are opaque text. */
export const messageIdOf = (message: number): string => String(message)
export const messageNumberOf = (messageId: string): number => Number(messageId)

export const inputKeyOf = ({ update_id }: Pick<KnownUpdate, 'update_id'>): InputKey => ({
  channel: 'telegram',
  id: String(update_id),
})

export const isCrisisTap = ({ callback_query: query }: KnownUpdate): boolean =>
  decodeTap(query?.data ?? '')?.action === crisisAction

/** A tap for the crisis card or the guide, which are served under all circumstances. */
export const isStandaloneTap = ({ callback_query: query }: KnownUpdate): boolean =>
  standsAlone(decodeTap(query?.data ?? ''))

/** Converts an update into an input of the dialogue; null for anything but a person in a private chat. */
export const toInput = (update: KnownUpdate): Input | null => {
  const { callback_query: query } = update
  if (query) {
    if (query.from.is_bot || !query.message || query.message.chat.type !== 'private') return null
    return input(update, query.from, {
      kind: 'tap',
      data: query.data ?? '',
      messageId: messageIdOf(query.message.message_id),
    })
  }
  const sent = update.message ?? update.edited_message
  if (!sent?.from || sent.from.is_bot || sent.chat.type !== 'private') return null
  const event = update.edited_message ? unsupported('edited') : eventOf(sent, sent.from.id)
  return input(update, sent.from, event)
}

const input = (update: KnownUpdate, person: z.infer<typeof from>, event: InputEvent): Input => ({
  ...inputKeyOf(update),
  order: update.update_id,
  account: accountOf(person.id),
  ...(person.language_code !== undefined && { languageHint: person.language_code }),
  event,
})

const unsupported = (what: Unsupported): InputEvent => ({ kind: 'unsupported', what })

/** The fields that identify each kind of message. */
const kinds: readonly (readonly [Unsupported, readonly string[]])[] = [
  ['forward', ['forward_origin']],
  ['sticker', ['sticker']],
  ['voice', ['voice', 'audio', 'video_note']],
  ['picture', ['photo', 'video', 'animation', 'story']],
  ['document', ['document']],
  ['location', ['location', 'venue']],
  ['poll', ['poll', 'dice', 'checklist']],
]

const eventOf = (sent: Message, senderId: number): InputEvent => {
  const other = kinds.find(([, fields]) => fields.some((field) => sent[field] !== undefined))
  if (other) return fileOf(sent, other[0]) ?? unsupported(other[0])
  if (sent.contact) {
    return { kind: 'contact', phone: sent.contact.phone_number, own: sent.contact.user_id === senderId }
  }
  const text = cleanText(sent.text ?? '')
  if (text === '') return unsupported('other')
  const command = /^\/([a-z_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text)
  if (command && sent.entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0)) {
    return { kind: 'command', name: (command[1] ?? '').toLowerCase(), payload: (command[2] ?? '').trim() }
  }
  return { kind: 'text', text }
}
