// Detects words of the centre's list in free text, regardless of spelling tricks: capitals, ё or е, stress
// marks, Latin lookalikes, stretched letters, letters separated by spaces or dots.

/** Maximum length of the list. */
export const maxListWords = 500

/** Maps Cyrillic letters, and digits used as letters, to one lookalike character each. */
const lookalikes: readonly (readonly [RegExp, string])[] = [
  [/а/g, 'a'],
  [/в/g, 'b'],
  [/е/g, 'e'],
  [/з/g, '3'],
  [/к/g, 'k'],
  [/м/g, 'm'],
  [/н/g, 'h'],
  [/[о0]/g, 'o'],
  [/р/g, 'p'],
  [/с/g, 'c'],
  [/т/g, 't'],
  [/у/g, 'y'],
  [/х/g, 'x'],
]

/** Invisible characters and stress marks. */
const unseen = /\p{Default_Ignorable_Code_Point}|\u0300|\u0301/gu

const lower = (text: string): string =>
  text.normalize('NFC').replace(unseen, '').toLowerCase().replace(/ё/g, '\u0435')

/** Reduces text to a form for comparison: lookalikes are equal and stretched letters are collapsed. */
const plain = (text: string): string =>
  lookalikes.reduce(
    (form, [like, sign]) => form.replace(like, sign),
    lower(text).replace(/(\p{L})\1{2,}/gu, '$1'),
  )

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * Normalises a word for storage in the list; null if it is invalid. A word has 2–40 letters, or is several
 * words separated by spaces; a trailing `*` matches any ending.
 */
export const normalizeListWord = (given: string): string | null => {
  const [, body = '', star = ''] = /^([^*]*)(\*?)$/.exec(lower(given).trim()) ?? []
  if (!/^\p{L}+(?:[ -]+\p{L}+)*$/u.test(body)) return null
  const word = wordsIn(body).join(' ')
  const letters = word.replaceAll(' ', '').length
  return letters >= 2 && letters <= 40 ? word + star : null
}

/** The words of a chunk between spaces, and all of them joined if dots or dashes separate them. */
const readingsOf = (chunk: string): string[] => {
  const words = wordsIn(chunk)
  return words.length > 1 ? [...words, words.join('')] : words
}

/** Joins runs of at least three single letters: «у б и т ь». */
const spelledOut = (chunks: readonly string[]): string[] => {
  const runs: string[] = ['']
  for (const chunk of chunks) {
    const [word = '', ...more] = wordsIn(chunk)
    if (more.length === 0 && word.length === 1) runs[runs.length - 1] += word
    else runs.push('')
  }
  return runs.filter((run) => run.length > 2)
}

/**
 * Creates a predicate that tests text against a normalised list. Its running time depends only on the lengths
 * of the text and the list.
 */
export const createAlarmCheck = (list: readonly string[]): ((text: string) => boolean) => {
  const wanted = list.map((word) => {
    const form = wordsIn(plain(word)).join(' ')
    return { form, bounded: word.endsWith('*') ? ` ${form}` : ` ${form} ` }
  })
  return (text) => {
    if (wanted.length === 0) return false
    const chunks = plain(text).split(/\s+/u)
    const inRow = (words: readonly string[]) => ` ${words.join(' ')} `
    const readings = [inRow(chunks.flatMap(wordsIn)), inRow(chunks.flatMap(readingsOf))]
    const apart = inRow(spelledOut(chunks))
    return wanted.some(
      ({ form, bounded }) => readings.some((reading) => reading.includes(bounded)) || apart.includes(form),
    )
  }
}
