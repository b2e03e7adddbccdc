import { z } from 'zod'
import type { InputKey } from '#core/channel.ts'
import { cleanText } from '#core/words.ts'
import { crisisAction, decodeTap, standsAlone } from '#dialogue/callback-data.ts'
import type { Input, InputEvent } from '#dialogue/input.ts'
import { isService } from './content-kinds.ts'
import { chat, from, type Message, message } from './message.ts'
import { isSaid, saidIn } from './said.ts'

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

/** What an update is, for counters. */
export const kindOf = ({ message, edited_message }: KnownUpdate): string =>
  message ? 'message' : edited_message ? 'edited_message' : 'callback_query'

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

/**
 * Converts an update into an input of the dialogue; null for anything but a person in a private chat, and for what
 * nobody said: Telegram's remarks about the chat.
 */
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
  if (!sent?.from || sent.from.is_bot || sent.chat.type !== 'private' || isService(sent)) return null
  const event = update.edited_message ? changeIn(sent, sent.from.id) : eventOf(sent, sent.from.id)
  const { reply_to_message: reply } = sent
  return {
    ...input(update, sent.from, event),
    messageId: messageIdOf(sent.message_id),
    sentAt: sent.date * 1000,
    // The keyboard that offers the contact makes a reply of it.
    ...(reply?.from?.is_bot && event.kind !== 'contact' && repliedTo(reply)),
  }
}

const repliedTo = ({
  message_id,
  reply_markup,
}: NonNullable<Message['reply_to_message']>): Pick<Input, 'replyTo' | 'replyLinks'> => {
  const links = (reply_markup?.inline_keyboard ?? [])
    .flat()
    .flatMap(({ callback_data }) => callback_data ?? [])
  return { replyTo: messageIdOf(message_id), ...(links.length > 0 && { replyLinks: links }) }
}

const input = (update: KnownUpdate, person: z.infer<typeof from>, event: InputEvent): Input => ({
  ...inputKeyOf(update),
  order: update.update_id,
  account: accountOf(person.id),
  ...(person.language_code !== undefined && { languageHint: person.language_code }),
  event,
})

const eventOf = (sent: Message, senderId: number): InputEvent => {
  const text = cleanText(sent.text ?? '')
  const command = /^\/([a-z_]{1,32})(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text)
  const isCommand = sent.entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0)
  if (command && isCommand && sent.forward_origin === undefined)
    return { kind: 'command', name: (command[1] ?? '').toLowerCase(), payload: (command[2] ?? '').trim() }
  return saidIn(sent, senderId) ?? { kind: 'unreadable' }
}

/** An edit: the position of somebody who is sharing it, or another content of an earlier message. */
const changeIn = (sent: Message, senderId: number): InputEvent => {
  const now = saidIn(sent, senderId)
  if (now?.kind === 'place') return { kind: 'moved', latitude: now.latitude, longitude: now.longitude }
  return now && isSaid(now) ? { kind: 'edited', now } : { kind: 'unreadable' }
}
