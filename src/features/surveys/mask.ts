import type { Say } from '#core/text.ts'
import { nameMatcher, patronymics } from './mask-names.ts'
import { type MaskKind, patterns } from './mask-patterns.ts'

export type MaskWords = Readonly<Record<MaskKind, string>>

/** What stands in the place of what was masked, in the reader's words: one word in square brackets each. */
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
 * Somebody's words without what tells who is meant: numbers, addresses, dates of birth, and the given `names` (as they are
 * kept: of the family and of staff) in every case and in the usual short forms. It masks rather too much than too little,
 * and still knows no nickname, no name of a stranger that stands alone, and no story that only one family has. Its time
 * grows with the text alone.
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
/** A street, a house and a flat are one address. */
const repeated = /(\[\p{L}[^\][\d]{1,40}\])(?:[,;]?\s{0,2}\1){1,12}/gu

/** What is in brackets by now is a word of ours, and is left as it is. */
const outside = (text: string, change: (part: string) => string): string =>
  text
    .split(placeholder)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')
