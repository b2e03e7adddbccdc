/**
 * The Bot API shapes that the emulator produces, field for field with Telegram's names. A test checks them against
 * the description (bot-api.json); they are not derived from it.
 */
export type User = {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export type Chat =
  | { id: number; type: 'private'; first_name: string; last_name?: string; username?: string }
  | { id: number; type: 'group'; title: string }

export type MessageEntity = {
  type: string
  /** UTF-16 units, like `length`. */
  offset: number
  length: number
  url?: string
  user?: User
  language?: string
  custom_emoji_id?: string
  unix_time?: number
  date_time_format?: string
}

export type Document = {
  file_id: string
  file_unique_id: string
  file_name?: string
  mime_type?: string
  file_size?: number
}
export type PhotoSize = {
  file_id: string
  file_unique_id: string
  width: number
  height: number
  file_size?: number
}
type Sticker = {
  file_id: string
  file_unique_id: string
  type: 'regular'
  width: number
  height: number
  is_animated: boolean
  is_video: boolean
  emoji?: string
}
export type Recording = {
  file_id: string
  file_unique_id: string
  duration: number
  mime_type?: string
  file_size?: number
}
type Moving = Recording & { width: number; height: number; file_name?: string }
export type Contact = { phone_number: string; first_name: string; last_name?: string; user_id?: number }
export type Location = { latitude: number; longitude: number; live_period?: number }
type Poll = {
  id: string
  question: string
  options: { persistent_id: string; text: string; voter_count: number }[]
  total_voter_count: number
  is_closed: boolean
  is_anonymous: boolean
  type: 'regular'
  allows_multiple_answers: boolean
  allows_revoting: boolean
  members_only: boolean
}

export type InlineButton = {
  text: string
  callback_data?: string
  url?: string
  copy_text?: { text: string }
  style?: string
}
export type InlineKeyboard = { inline_keyboard: InlineButton[][] }
type ReplyButton = { text: string; request_contact?: boolean; request_location?: boolean }
export type ReplyKeyboard = {
  keyboard: ReplyButton[][]
  one_time_keyboard?: boolean
  resize_keyboard?: boolean
  is_persistent?: boolean
  input_field_placeholder?: string
}
export type ReplyMarkup = InlineKeyboard | ReplyKeyboard | { remove_keyboard: true } | { force_reply: true }

export type MessageOrigin = { type: 'user'; date: number; sender_user: User }

/** The content of a message: exactly one of the kinds; documents and pictures may have a caption. */
export type Content = {
  text?: string
  entities?: MessageEntity[]
  caption?: string
  caption_entities?: MessageEntity[]
  document?: Document
  photo?: PhotoSize[]
  sticker?: Sticker
  voice?: Recording
  audio?: Recording & { file_name?: string }
  video?: Moving
  animation?: Moving
  video_note?: Recording & { length: number }
  contact?: Contact
  location?: Location
  poll?: Poll
}

export type Message = Content & {
  message_id: number
  date: number
  chat: Chat
  from?: User
  edit_date?: number
  forward_origin?: MessageOrigin
  has_protected_content?: true
  reply_markup?: InlineKeyboard
  reply_to_message?: Message
  media_group_id?: string
}

type CallbackQuery = { id: string; from: User; chat_instance: string; data: string; message?: Message }
type Member = { status: 'member'; user: User } | { status: 'kicked'; user: User; until_date: number }
type ChatMemberUpdated = {
  chat: Chat
  from: User
  date: number
  old_chat_member: Member
  new_chat_member: Member
}

export type UpdateContent =
  | { message: Message }
  | { edited_message: Message }
  | { callback_query: CallbackQuery }
  | { my_chat_member: ChatMemberUpdated }
export type Update = { update_id: number } & UpdateContent

/** What is played, beside a voice message. */
export type RecordingKind = 'audio' | 'video' | 'video_note' | 'animation'

export type StoredFile = {
  id: string
  uniqueId: string
  kind: 'document' | 'photo' | 'voice' | 'sticker' | RecordingKind
  /** As in `getFile`: `documents/file_3.pdf`. */
  path: string
  name: string
  mime: string
  bytes: Uint8Array
  width?: number
  height?: number
}
