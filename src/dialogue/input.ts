/** One thing that a person did, as the conversation understands it; the channel has already refused the rest. */
export type Input = {
  /** The channel's own id of the delivery; a second one with the same id changes nothing. */
  updateId: bigint
  /** `<channel>:<id>`, for example `telegram:5000001`. */
  account: string
  /** What the person's app speaks (`ru`, `en-GB` …), for the very first greeting. */
  languageHint?: string
  event: InputEvent
}

export type InputEvent =
  /** `payload` is what stood behind the command, for example a deep link's. */
  | { kind: 'command'; name: string; payload: string }
  | { kind: 'text'; text: string }
  /** A tap on a button: its payload as it came, and the message it hung on. */
  | { kind: 'tap'; data: string; messageId: number }
  /** A shared contact; `own` says that it is the person's own. */
  | { kind: 'contact'; phone: string; own: boolean }
  | SentFile
  | { kind: 'unsupported'; what: Unsupported }

/** A photo or document; a screen that expects none answers as to what is not understood. */
export type SentFile = {
  kind: 'file'
  what: Extract<Unsupported, 'picture' | 'document'>
  /** By which the channel sends it again; `size` in bytes; null: not told. */
  file: { fileId: string; name: string | null; mime: string | null; size: number | null }
  /** Words that came with it; often empty. */
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
