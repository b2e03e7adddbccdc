import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Faults } from './faults.ts'
import type { StoredFile } from './types.ts'
import type { Limits } from './limits.ts'
import type { Profile } from './profile.ts'
import type { Taps } from './taps.ts'
import type { Chat, InlineKeyboard, Message, ReplyKeyboard, User } from './types.ts'
import type { Updates } from './updates.ts'

/** A person with Telegram on their phone. */
export type Account = {
  readonly id: number
  readonly firstName: string
  readonly phone: string
  readonly user: User
  /** The person has written at least once: the bot may write to them. */
  started: boolean
  blocked: boolean
  /** The reply keyboard below the input field; `messageId` brought it. */
  keyboard: { markup: ReplyKeyboard; messageId: number; folded: boolean } | null
}

export type Stored = {
  /** Replaced, never changed in place: updates on their way keep what they saw. */
  message: Message
  from: 'person' | 'bot'
  /** The person deleted it for themselves. */
  hidden?: true
  unread: boolean
  /** Came with a reply keyboard, so Telegram no longer lets it be edited. */
  fixed?: true
}

export type Room = { readonly chat: Chat; readonly history: Map<number, Stored> }

export type TelegramEvent =
  | { type: 'message' | 'edited'; chatId: number; message: Message }
  | { type: 'deleted'; chatId: number; messageIds: number[] }
  | { type: 'keyboard' | 'typing' | 'read' | 'delivered'; chatId: number }
  | { type: 'blocked'; chatId: number; blocked: boolean }
  | { type: 'callback-answer'; chatId: number; messageId: number; text?: string; showAlert: boolean }
  | { type: 'person'; account: Account }
  | { type: 'profile' }

/** All that the emulator knows; its functions take it whole, and each file looks after its own part. */
export type World = {
  readonly token: string
  readonly bot: User
  readonly clock: Clock
  readonly log: Log
  readonly accounts: Map<number, Account>
  readonly rooms: Map<number, Room>
  readonly files: Map<string, StoredFile>
  readonly profile: Profile
  readonly updates: Updates
  readonly taps: Taps
  readonly faults: Faults
  readonly limits: Limits
  readonly counters: { message: number; file: number; account: number }
  emit(event: TelegramEvent): void
  /** A part of the state is no longer what the file says: `bot`, `chat:<id>`, `account:<id>`, `file:<id>`. */
  touch(part: string): void
}

export const seconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000)

/** A message as its chat shows it: what the bot got or sent, and how it stands with the person. */
export type ChatMessage = Message & {
  /** Who wrote it. */
  by: 'person' | 'bot'
  unread: boolean
  reply_markup?: InlineKeyboard
}
