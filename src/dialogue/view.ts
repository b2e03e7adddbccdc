/** What is drawn: channel-neutral, and complete enough to be drawn again at any moment. */
export type View = {
  /** The screen's name, for logs and tests: `question.applicant`. */
  screen: string
  /** Text with `<b>`, `<i>` and `<a>` only, everything else escaped; 1–4,096 characters when shown. */
  html: string
  rows: Button[][]
  /** Asks the channel to offer «share my own phone» beside the card. */
  offerContact?: { hint: string; label: string }
  /** The channel is told to keep the text from being forwarded or saved. */
  confidential?: boolean
  /** Shown above the text, which is then 1–1,024 characters: a longer one is shown without the picture. */
  picture?: Picture
  /** A photo or document that the channel keeps is shown with the text, which is then 1–1,024 characters. */
  file?: { kind: 'photo' | 'document'; fileId: string }
}

/** A PNG or JPEG. */
export type Picture = {
  /** Names the exact content: the same key, the same bytes. At most 200 characters. */
  key: string
  content: () => Promise<Uint8Array>
}

export type Button = { label: string; data: string }

export type Attachment = {
  /** Names the exact content: the same key, the same bytes. */
  key: string
  fileName: string
  content: () => Promise<Uint8Array>
}

/** What the conversation answers to one input. */
export type Reply = {
  /** The live card; absent: it stays as it is. */
  card?: View
  /** Draws the card as a new message even after a tap on the live one. */
  fresh?: boolean
  /** A short word on the tap itself, ≤ 200 characters. */
  toast?: string
  /** Plain text for a tap, ≤ 200 characters, to be read and closed where the channel refuses what is drawn. */
  instead?: string
  /** What becomes of the tapped message where it is not the live card: drawn anew, or left without buttons. */
  tapped?: View | 'strip'
  /** A message of its own, which the live card does not replace. */
  aside?: { view: View; deleteAfterMinutes?: number }
  /** Which commands the app's menu offers this person from now on. */
  commandMenu?: 'staff' | 'family'
  /** A document that is sent before the card. */
  attachment?: Attachment
}
