/** How a word is compared: «Погода!» and «ПОГОДА» are one; so are «ё» and «е». */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether a text is the word that brings a hidden chat back, and nothing besides. */
export const isComingBack = (text: string, word: string): boolean =>
  plain(word) !== '' && plain(text) === plain(word)
