/** What stands for a text whose key was destroyed: as it is in the API, in the reader's words wherever people read it. */
export const erasedText = '[erased]'

/** What stands for a text that is blocked while a data request is looked into. */
export const blockedText = '[blocked]'

/** Texts in the reader's language. */
type Words = { label(key: string): string }

/** The text as people read it: in what is made of it, a card, a paper or a sheet, no sign stands. */
export const inKindWords = (say: Words, text: string): string => {
  const kind = text.includes(erasedText) ? text.replaceAll(erasedText, say.label('card.gone')) : text
  return kind.includes(blockedText) ? kind.replaceAll(blockedText, say.label('card.blocked')) : kind
}

/** The same for every text of what is printed or written into a file. */
export const allInKindWords = <T>(say: Words, value: T): T => mapped(say, value) as T

const mapped = (say: Words, value: unknown): unknown => {
  if (typeof value === 'string') return inKindWords(say, value)
  if (Array.isArray(value)) return value.map((one) => mapped(say, one))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapped(say, one)]))
}
