import type { Upload } from '../description.ts'
import { readFormatted } from '../entities/read.ts'
import { badRequest } from '../errors.ts'
import { asDocument, asPhoto, asRecording, givenFile } from '../files.ts'
import { type Outgoing, postFromBot, reach } from '../messages.ts'
import type { World } from '../state.ts'
import type { Content, MessageEntity, RecordingKind, ReplyMarkup } from '../types.ts'

export type Common = {
  chat_id: number | string
  reply_markup?: ReplyMarkup
  protect_content?: boolean
  reply_parameters?: { message_id: number; allow_sending_without_reply?: boolean }
}
export type Caption = { caption?: string; parse_mode?: string; caption_entities?: MessageEntity[] }
export type Text = { text: string; parse_mode?: string; entities?: MessageEntity[] }

/** @throws ApiError 400 if the text is empty or longer than 4,096 units after parsing */
export const textContent = ({ text, parse_mode, entities }: Text): Content => {
  const formatted = readFormatted({ text, parseMode: parse_mode, entities })
  if (formatted.text === '') throw badRequest('message text is empty')
  if (formatted.text.length > 4096) throw badRequest('message is too long')
  return { text: formatted.text, ...(formatted.entities.length > 0 ? { entities: formatted.entities } : {}) }
}

/** @throws ApiError 400 for more than 1,024 units after parsing */
export const captionContent = ({ caption, parse_mode, caption_entities }: Caption): Content => {
  if (caption === undefined) return {}
  const { text, entities } = readFormatted({
    text: caption,
    parseMode: parse_mode,
    entities: caption_entities,
  })
  if (text.length > 1024) throw badRequest('message caption is too long')
  if (text === '') return {}
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) }
}

/** Properties of all new messages besides their content. */
export const common = (world: World, params: Common): Omit<Outgoing, keyof Content> => ({
  reply_markup: params.reply_markup,
  protect_content: params.protect_content,
  reply_to_message: repliedTo(world, params),
})

const repliedTo = (world: World, { chat_id, reply_parameters: reply }: Common) => {
  if (!reply) return undefined
  const found = reach(world, chat_id).room.history.get(reply.message_id)
  if (found) return found.message
  if (reply.allow_sending_without_reply) return undefined
  throw badRequest('message to be replied not found')
}

export const sendMessage = (world: World, params: Common & Text) =>
  postFromBot(world, params.chat_id, { ...textContent(params), ...common(world, params) })

export const sendDocument = (world: World, params: Common & Caption & { document: string | Upload }) => {
  reach(world, params.chat_id)
  const caption = captionContent(params)
  const document = asDocument(givenFile(world, 'document', params.document))
  return postFromBot(world, params.chat_id, { document, ...caption, ...common(world, params) })
}

export const sendPhoto = (world: World, params: Common & Caption & { photo: string | Upload }) => {
  reach(world, params.chat_id)
  const caption = captionContent(params)
  const photo = asPhoto(givenFile(world, 'photo', params.photo))
  return postFromBot(world, params.chat_id, { photo, ...caption, ...common(world, params) })
}

/** `sendVoice`, `sendVideoNote` and the like: all have a caption but the last. */
const sendRecording =
  <Kind extends RecordingKind | 'voice'>(kind: Kind) =>
  (world: World, params: Common & Caption & Record<Kind, string | Upload>) => {
    reach(world, params.chat_id)
    const caption = captionContent(params)
    const recording = asRecording(kind, givenFile(world, kind, params[kind]))
    return postFromBot(world, params.chat_id, { ...recording, ...caption, ...common(world, params) })
  }

export const recordings = {
  sendVoice: sendRecording('voice'),
  sendAudio: sendRecording('audio'),
  sendVideo: sendRecording('video'),
  sendVideoNote: sendRecording('video_note'),
  sendAnimation: sendRecording('animation'),
}

export const sendLocation = (world: World, params: Common & { latitude: number; longitude: number }) =>
  postFromBot(world, params.chat_id, {
    location: { latitude: params.latitude, longitude: params.longitude },
    ...common(world, params),
  })

export const sendContact = (
  world: World,
  params: Common & { phone_number: string; first_name: string; last_name?: string },
) => {
  const { phone_number, first_name, last_name } = params
  const contact = { phone_number, first_name, ...(last_name ? { last_name } : {}) }
  return postFromBot(world, params.chat_id, { contact, ...common(world, params) })
}

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

export const sendChatAction = (world: World, params: { chat_id: number | string; action: string }): true => {
  if (!chatActions.has(params.action)) throw badRequest('wrong parameter action in request')
  const { room } = reach(world, params.chat_id)
  world.emit({ type: 'typing', chatId: room.chat.id })
  return true
}
