import type { Language } from '#core/text.ts'

/** One purpose, one text (152-ФЗ, ст. 9). A minor's agreement to support is the `minor` text of `support-request`. */
export const consentKinds = ['personal-data', 'support-request', 'data-sharing'] as const
export type ConsentKind = (typeof consentKinds)[number]

export type ConsentText = {
  kind: ConsentKind
  language: Language
  /** The day from which this wording is used, ISO. */
  version: string
  title: string
  /** The whole text as it is shown, title included. */
  markdown: string
  /** SHA-256 (hex) of `markdown`: what proves later which words were agreed to. */
  hash: string
}
