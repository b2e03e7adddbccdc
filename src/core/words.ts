/**
 * Strips control characters (including NUL) and bidirectional marks, which could make a card display something other
 * than its text; normalises to NFC and trims. Returns '' for text that has no visible characters.
 */
export const cleanText = (text: string): string => {
  const clean = withoutMarks(text).trim()
  return invisible.test(clean) ? '' : clean
}

/** Invisible text: joiners, fillers, variation selectors and blanks that `trim` leaves in place. */
const invisible = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u

/** The same of text that may not be words: spaces around it and invisible text stay. */
export const withoutMarks = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : '',
    )

/** Counts code points, because people count letters and emoji rather than UTF-16 units. */
export const countCharacters = (text: string): number => [...text].length
