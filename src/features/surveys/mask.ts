import type { Say } from '#core/text.ts'
import { nameMatcher, patronymics } from './mask-names.ts'
import { type MaskKind, patterns } from './mask-patterns.ts'

export type MaskWords = Readonly<Record<MaskKind, string>>

/** The placeholders, in the reader's language: one word in square brackets each. */
export const maskWords = (say: Say): MaskWords => ({
  name: say.label('surveyMask.name'),
  phone: say.label('surveyMask.phone'),
  email: say.label('surveyMask.email'),
  link: say.label('surveyMask.link'),
  account: say.label('surveyMask.account'),
  document: say.label('surveyMask.document'),
  date: say.label('surveyMask.date'),
  address: say.label('surveyMask.address'),
})

/**
 * Masks personal data in free text: numbers, addresses, dates of birth, and the given `names` (of the family and of
 * staff, as stored) in every case and common short form. Errs on the side of masking too much, and still misses
 * nicknames, strangers' names without context, and stories that identify a family. Runs in time linear in the text.
 */
export const maskPersonal = (
  text: string,
  { names, words }: { names: readonly string[]; words: MaskWords },
): string => {
  const named = nameMatcher(names)
  const numbers = patterns.reduce(
    (left, { kind, like }) => outside(left, (part) => part.replace(like, words[kind])),
    text,
  )
  const strangers = outside(numbers, (part) =>
    patronymics.reduce((left, like) => left.replace(like, words.name), part),
  )
  return outside(strangers, (part) => part.replace(word, (one) => (named(one) ? words.name : one))).replace(
    repeated,
    '$1',
  )
}

const word = /\p{L}+/gu
const placeholder = /(\[\p{L}[^\][\d]{1,40}\])/u
/** Adjacent placeholders of a street, a house and a flat are one address. */
const repeated = /(\[\p{L}[^\][\d]{1,40}\])(?:[,;]?\s{0,2}\1){1,12}/gu

/** Applies a change to the text outside the placeholders. */
const outside = (text: string, change: (part: string) => string): string =>
  text
    .split(placeholder)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
