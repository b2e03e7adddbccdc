// What a region calls a thing stands in sentences: «составляет {{plan:acc}}». Its words are put into the texts once, when these are
// read, so that no caller has to think of them.

/** Every word has them in every language: a text of one language need not know the grammar of another. */
export const wordCases = ['nom', 'gen', 'dat', 'acc'] as const
type WordForms = Readonly<Record<string, string>>
export type RegionForms = Readonly<Record<string, WordForms>>

type WithForms = { regions?: Record<string, { forms?: RegionForms }> }

/** The words that all regions share, and those that this one has instead. */
export const formsOf = (texts: Record<string, unknown>, region: string | undefined): RegionForms => {
  const { regions = {} } = texts as WithForms
  return { ...regions.shared?.forms, ...(region === undefined ? {} : regions[region]?.forms) }
}

/** `{{plan:acc}}`, or `{{Plan:acc}}` where a sentence begins with it. */
const place = /\{\{(\p{L})(\w*):(\w+)\}\}/gu

/** Puts the words into all texts. Throws for a word or a case that nobody has: it would be shown as it stands. */
export const fillForms = <T>(texts: T, forms: RegionForms): T => fill(texts, forms) as T

const fill = (texts: unknown, forms: RegionForms): unknown => {
  if (typeof texts === 'string') return texts.includes('{{') ? filled(texts, forms) : texts
  if (typeof texts !== 'object' || texts === null) return texts
  return Object.fromEntries(Object.entries(texts).map(([key, inner]) => [key, fill(inner, forms)]))
}

const filled = (text: string, forms: RegionForms): string =>
  text.replace(place, (_, first: string, rest: string, wordCase: string) => {
    const word = forms[first.toLowerCase() + rest]?.[wordCase]
    if (!word) throw new Error(`No word for {{${first}${rest}:${wordCase}}}`)
    return first === first.toLowerCase() ? word : word.charAt(0).toUpperCase() + word.slice(1)
  })
