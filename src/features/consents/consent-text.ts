import type { Language } from '#core/text.ts'

/** One purpose, one text (152-ФЗ, ст. 9). A minor's agreement to support is the `minor` text of `support-request`. */
export const consentKinds = ['personal-data', 'support-request', 'data-sharing'] as const
export type ConsentKind = (typeof consentKinds)[number]

export type ConsentText = {
  kind: ConsentKind
  language: Language
  /** The day on which this wording took effect, ISO. */
  version: string
  title: string
  /** The full text as shown, with its title. */
  markdown: string
  /** SHA-256 (hex) of `markdown`: later proof of the wording that was agreed to. */
  hash: string
}
