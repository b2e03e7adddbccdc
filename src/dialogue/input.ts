import type { InputKey } from '#core/channel.ts'

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
  event: InputEvent
}

export type InputEvent =
  /** `payload` is the text after the command, for example of a deep link. */
  | { kind: 'command'; name: string; payload: string }
  | { kind: 'text'; text: string }
  /** A tap on a button: its raw callback data, and the message that carries it. */
  | { kind: 'tap'; data: string; messageId: string }
  /** A shared contact; `own` if the channel vouches that it is the person's own. */
  | { kind: 'contact'; phone: string; own: boolean }
  | SentFile
  | { kind: 'unsupported'; what: Unsupported }

/** A photo or document. A screen that expects none treats it as unsupported. */
export type SentFile = {
  kind: 'file'
  what: Extract<Unsupported, 'picture' | 'document'>
  /** By which the channel sends it again; `size` in bytes; null: not told. */
  file: { fileId: string; name: string | null; mime: string | null; size: number | null }
  /** The caption, often empty. */
  caption: string
}

export const unsupportedKinds = [
  'sticker',
  'voice',
  'picture',
  'document',
  'location',
  'poll',
  'forward',
  'edited',
  'other',
] as const
export type Unsupported = (typeof unsupportedKinds)[number]
