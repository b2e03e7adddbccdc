import { badRequest } from '../errors.ts'
import { inlineOf } from '../keyboards.ts'
import { reach, replaceMessage, withMarkup } from '../messages.ts'
import { type Room, type Stored, seconds, type World } from '../state.ts'
import type { InlineKeyboard, Message } from '../types.ts'
import { type Caption, captionContent, type Text, textContent } from './send.ts'

type Target = { chat_id?: number | string; message_id?: number; inline_message_id?: string }
type Markup = { reply_markup?: InlineKeyboard }

/** As in Telegram, an edit without `reply_markup` removes the message's buttons. */
export const editMessageText = (world: World, params: Target & Markup & Partial<Text>) => {
  const { room, stored } = editable(world, params)
  if (stored.message.text === undefined) throw badRequest('there is no text in the message to edit')
  if (params.text === undefined) throw badRequest('message text is empty')
  const { entities: _, ...rest } = stored.message
  const content = textContent({ ...params, text: params.text })
  return apply(world, room, stored, withMarkup({ ...rest, ...content }, inlineOf(params.reply_markup)))
}

export const editMessageCaption = (world: World, params: Target & Markup & Caption) => {
  const { room, stored } = editable(world, params)
  if (!stored.message.document && !stored.message.photo) {
    throw badRequest('there is no caption in the message to edit')
  }
  const { caption: _, caption_entities: __, ...rest } = stored.message
  const content = captionContent(params)
  return apply(world, room, stored, withMarkup({ ...rest, ...content }, inlineOf(params.reply_markup)))
}

export const editMessageReplyMarkup = (world: World, params: Target & Markup) => {
  const { room, stored } = editable(world, params)
  return apply(world, room, stored, withMarkup(stored.message, inlineOf(params.reply_markup)))
}

const editable = (world: World, target: Target): { room: Room; stored: Stored } => {
  if (target.inline_message_id !== undefined) throw badRequest('MESSAGE_ID_INVALID')
  if (target.chat_id === undefined) throw badRequest('chat_id is empty')
  if (target.message_id === undefined) throw badRequest('message identifier is not specified')
  const { room } = reach(world, target.chat_id)
  const stored = room.history.get(target.message_id)
  if (!stored) throw badRequest('message to edit not found')
  if (stored.from !== 'bot' || stored.fixed) throw badRequest("message can't be edited")
  return { room, stored }
}

const apply = (world: World, room: Room, stored: Stored, next: Message): Message => {
  if (shown(next) === shown(stored.message)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
  }
  return replaceMessage(world, room, stored, { ...next, edit_date: seconds(world.clock) })
}

const shown = ({ text, entities, caption, caption_entities, reply_markup }: Message): string =>
  JSON.stringify([text, entities, caption, caption_entities, reply_markup])
