import type { InputKey } from '#core/channel.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'

/**
 * One thing that a person did, in the terms of the dialogue. The channel has already filtered out the rest. A second
 * input with the same channel and id changes nothing.
 */
export type Input = InputKey & {
  /** Increases with each input of a person in their channel; compared to find which of two came first. */
  order: number
  /** `<channel>:<id>`, for example `telegram:5000001`. */
  account: string
  /** Language of the person's app (`ru`, `en-GB` …), for the first greeting. */
  languageHint?: string
  /** The message that carries it; absent for a tap. */
  messageId?: string
  /** The message of the bot that it replies to. */
  replyTo?: string
  /** The callback data of that message's buttons, as far as the channel tells them. */
  replyLinks?: readonly string[]
  /** When it was sent (ms), by the channel's clock. */
  sentAt?: number
  /** It was sent before the question on the screen was there, so it does not answer that. */
  unseen?: true
  event: InputEvent
}

export type InputEvent =
  /** `payload` is the text after the command, for example of a deep link. */
  | { kind: 'command'; name: string; payload: string }
  /** A tap on a button: its raw callback data, and the message that carries it. */
  | { kind: 'tap'; data: string; messageId: string }
  | Said
  /** A sticker, dice or the like: its emoji, if it has one. */
  | { kind: 'gesture'; emoji: string | null }
  /** An earlier message, given by `messageId`, now has this content. */
  | { kind: 'edited'; now: Said }
  /** A position that is being shared has moved. */
  | ({ kind: 'moved' } & Position)
  /** Nothing that anybody could be shown: an empty text, a game, somebody else's story. */
  | { kind: 'unreadable' }

/** What a person says, in whatever form: an answer, or a message to the centre. */
export type Said =
  | { kind: 'text'; text: string; forwarded?: true }
  /** A shared contact; `own` if the channel vouches that it is the person's own. */
  | { kind: 'contact'; phone: string; own: boolean; name: string }
  | SentFile
  | ({ kind: 'place'; title: string | null; live: boolean } & Position)

export type Position = { latitude: number; longitude: number }

/** A photo, voice message, document … */
export type SentFile = {
  kind: 'file'
  file: AttachedFile
  /** The caption, often empty. */
  caption: string
  forwarded?: true
}
