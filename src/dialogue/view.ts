import type { AttachedFile } from '#features/messages/message-files.ts'

/** A channel-neutral card, complete enough to be drawn again at any time. */
export type View = {
  /** The screen's name, for logs and tests: `question.applicant`. */
  screen: string
  /** Text with `<b>`, `<i>` and `<a>` only, everything else escaped; 1–4,096 characters when shown. */
  html: string
  rows: Button[][]
  /** Asks the channel to offer a «share my phone» keyboard beside the card. */
  offerContact?: { hint: string; label: string }
  /** Asks the channel to prevent forwarding and saving. */
  confidential?: boolean
  /** Shown above the text, which is then 1–1,024 characters: a longer one is shown without the picture. */
  picture?: Picture
  /** A file that the channel keeps is shown with the text, which is then 1–1,024 characters; a video note without. */
  file?: Pick<AttachedFile, 'kind' | 'fileId'>
}

/** A PNG or JPEG. */
export type Picture = {
  /** Names the exact content: the same key, the same bytes. At most 200 characters. */
  key: string
  content: () => Promise<Uint8Array>
}

/** `style`: stands out where the app draws it; others show a plain button. */
export type Button = { label: string; data: string; style?: 'danger' | 'primary' }

export type Attachment = {
  /** Names the exact content: the same key, the same bytes. */
  key: string
  fileName: string
  content: () => Promise<Uint8Array>
}

/** `hidden`: what any bot has, and nothing of this one. */
export type CommandMenu = 'everyone' | 'staff' | 'family' | 'hidden'

/** The dialogue's answer to one input. */
export type Reply = {
  /** The new content of the live card; if absent, the card stays as it is. */
  card?: View
  /** Draws the card as a new message even after a tap on the live one. */
  fresh?: boolean
  /** Short text shown on the tap itself, ≤ 200 characters. */
  toast?: string
  /** Plain text of at most 200 characters, shown as an alert if the channel refuses to draw the card. */
  instead?: string
  /** What happens to the tapped message if it is not the live card: redrawn, or stripped of its buttons. */
  tapped?: View | 'strip'
  /** A message of its own, which the live card does not replace. */
  aside?: { view: View; deleteAfterMinutes?: number }
  /** The command menu that this person gets from now on. */
  commandMenu?: CommandMenu
  /** One plain line that gives nothing away, instead of a card. */
  neutral?: string
  /** First deletes everything that can be deleted of the chat; `neutral` is what is left. */
  clear?: true
  /** A document that is sent before the card. */
  attachment?: Attachment
}
