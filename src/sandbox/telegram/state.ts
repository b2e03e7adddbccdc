import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Faults } from './faults.ts'
import type { Limits } from './limits.ts'
import type { Profile } from './profile.ts'
import type { Taps } from './taps.ts'
import type { Chat, InlineKeyboard, Message, ReplyKeyboard, StoredFile, User } from './types.ts'
import type { Updates } from './updates.ts'

/** A person with Telegram. */
export type Account = {
  readonly id: number
  readonly firstName: string
  readonly phone: string
  readonly user: User
  /** The person has written at least once, so the bot may write to them. */
  started: boolean
  blocked: boolean
  /** The reply keyboard below the input field; `messageId` set it. */
  keyboard: { markup: ReplyKeyboard; messageId: number; folded: boolean } | null
}

export type Stored = {
  /** Replaced, never mutated: updates in transit keep their version. */
  message: Message
  from: 'person' | 'bot'
  /** Deleted on the person's side only. */
  hidden?: true
  unread: boolean
  /** Set a reply keyboard, so Telegram no longer allows edits. */
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

/** The emulator's whole state; functions take it whole, and each file maintains its own part. */
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
  /** The least time between two messages of a person. */
  readonly typingSeconds: number
  readonly counters: { message: number; file: number; account: number }
  emit(event: TelegramEvent): void
  /** A part of the state differs from the file: `bot`, `chat:<id>`, `account:<id>`, `file:<id>`. */
  touch(part: string): void
}

export const seconds = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000)

/** A message as its chat shows it, with its status for the person. */
export type ChatMessage = Message & {
  /** The author. */
  by: 'person' | 'bot'
  unread: boolean
  reply_markup?: InlineKeyboard
}
