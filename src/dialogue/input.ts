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
  | { kind: 'unsupported'; what: Unsupported }

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
