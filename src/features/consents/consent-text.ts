import type { Language } from '#core/text.ts'

/**
 * One purpose, one text (152-ФЗ, ст. 9). A minor's agreement to support is the `minor` text of `support-request`. The text of
 * `special-categories` is signed on paper only.
 */
export const consentKinds = [
  'personal-data',
  'support-request',
  'data-sharing',
  'special-categories',
] as const
export type ConsentKind = (typeof consentKinds)[number]

export type ConsentText<Kind extends ConsentKind = ConsentKind> = {
  kind: Kind
  language: Language
  /** The day on which this wording took effect, ISO. */
  version: string
  title: string
  /** The full text as shown, with its title. */
  markdown: string
  /** SHA-256 (hex) of `markdown`: later proof of the wording that was agreed to. */
  hash: string
}

/** Where a text is agreed to; `both`: it says nothing of how. */
export type Medium = 'bot' | 'paper' | 'both'

/** A text that is agreed to in the bot. */
export type TappedText = ConsentText<Exclude<ConsentKind, 'special-categories'>>
