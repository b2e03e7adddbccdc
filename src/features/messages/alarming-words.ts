// Whether a word of the centre's list stands in somebody's words, however it is written: capitals, ё or е, a stress mark,
// Latin letters that look like ours, letters drawn out, or set apart by blanks and dots.

/** The most words of a list. */
export const maxListWords = 500

/** Letters of two alphabets that look alike, and figures that stand for letters, in one sign each. */
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

/** Nobody sees them, or they only say how a letter is stressed. */
const unseen = /\p{Default_Ignorable_Code_Point}|\u0300|\u0301/gu

const lower = (text: string): string =>
  text.normalize('NFC').replace(unseen, '').toLowerCase().replace(/ё/g, '\u0435')

/** What is compared with another: whatever looks alike is the same, and nothing is drawn out. */
const plain = (text: string): string =>
  lookalikes.reduce(
    (form, [like, sign]) => form.replace(like, sign),
    lower(text).replace(/(\p{L})\1{2,}/gu, '$1'),
  )

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

/**
 * A word of the list as it is kept; null for what cannot be one. Letters, 2–40 of them, or several words with a blank
 * between; `*` at the end stands for any ending.
 */
export const normalizeListWord = (given: string): string | null => {
  const [, body = '', star = ''] = /^([^*]*)(\*?)$/.exec(lower(given).trim()) ?? []
  if (!/^\p{L}+(?:[ -]+\p{L}+)*$/u.test(body)) return null
  const word = wordsIn(body).join(' ')
  const letters = word.replaceAll(' ', '').length
  return letters >= 2 && letters <= 40 ? word + star : null
}

/** What stands between blanks: its words, and all of it as one where dots or dashes divide it. */
const readingsOf = (chunk: string): string[] => {
  const words = wordsIn(chunk)
  return words.length > 1 ? [...words, words.join('')] : words
}

/** Letters that each stand alone, three at least in a row, put together: «у б и т ь». */
const spelledOut = (chunks: readonly string[]): string[] => {
  const runs: string[] = ['']
  for (const chunk of chunks) {
    const [word = '', ...more] = wordsIn(chunk)
    if (more.length === 0 && word.length === 1) runs[runs.length - 1] += word
    else runs.push('')
  }
  return runs.filter((run) => run.length > 2)
}

/** A judge of texts by a list of words as `normalizeListWord` gives them. Its time grows with the text and the list alone. */
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
