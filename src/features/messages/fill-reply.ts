// Placeholders of a ready answer, and what stands in their place.

export type Placeholder = 'name' | 'curator' | 'day' | 'time'
/** What is known of them; null: it is not known, or must not be said. */
export type Fillings = Readonly<Record<Placeholder, string | null>>

/** Supervisors write them in Russian as well. */
const spelt: readonly (readonly [RegExp, Placeholder])[] = [
  [/^(?:name|имя)$/, 'name'],
  [/^(?:curator|куратор)$/, 'curator'],
  [/^(?:day|день)$/, 'day'],
  [/^(?:time|время)$/, 'time'],
]
const inBraces = /\{([^{}]*)\}/g

const placeholderOf = (written: string): Placeholder | null => {
  const word = written.trim().toLowerCase()
  return spelt.find(([like]) => like.test(word))?.[1] ?? null
}

/** What stands in braces and is no placeholder. Pure. */
export const unknownPlaceholders = (text: string): string[] =>
  [...text.matchAll(inBraces)].flatMap(([whole, word = '']) => (placeholderOf(word) ? [] : [whole]))

/** Placeholders as whoever edits the text spells them. Pure. */
export const respell = (text: string, words: Readonly<Record<Placeholder, string>>): string =>
  text.replace(inBraces, (whole, word: string) => {
    const place = placeholderOf(word)
    return place === null ? whole : `{${words[place]}}`
  })

/**
 * Puts in what is known. A name that is not known is left out with its comma: «{name}, мы прочитали» is «Мы прочитали». `missing`:
 * what else is not known, and without which it must not be sent. Pure.
 */
export const fillReply = (text: string, fillings: Fillings): { text: string; missing: Placeholder[] } => {
  const missing = new Set<Placeholder>()
  const named =
    fillings.name === null
      ? text.replace(
          /(^|[.!?]\s+|\n)\{([^{}]*)\},\s*(.?)/g,
          (whole, before: string, word: string, next: string) =>
            placeholderOf(word) === 'name' ? before + next.toUpperCase() : whole,
        )
      : text
  const filled = named.replace(inBraces, (whole, word: string) => {
    const place = placeholderOf(word)
    if (place === null) return whole
    const value = fillings[place]
    if (value === null) missing.add(place)
    return value ?? '…'
  })
  return { text: filled, missing: [...missing] }
}
