/** What is drawn: channel-neutral, and complete enough to be drawn again at any moment. */
export type View = {
  /** The screen's name, for logs and tests: `intake.applicant`. */
  screen: string
  /** Text with `<b>`, `<i>` and `<a>` only, everything else escaped; 1–4,096 characters when shown. */
  html: string
  rows: Button[][]
  /** Asks the channel to offer «share my own phone» beside the card. */
  offerContact?: { hint: string; label: string }
  /** A document that belongs to the card and is sent before it. */
  attachment?: Attachment
  /** The channel is told to keep the text from being forwarded or saved. */
  confidential?: boolean
}

export type Button = { label: string; data: string }

export type Attachment = {
  /** Names the exact content: the same key, the same bytes. */
  key: string
  fileName: string
  caption: string
  content: () => Promise<Uint8Array>
}

/** What the conversation answers to one input. */
export type Reply = {
  view: View
  /** A short word on the tap itself, ≤ 200 characters. */
  toast?: string
  /** Draws a new card even after a tap (the tapped message is not the live card, or has to stay). */
  fresh?: boolean
}
