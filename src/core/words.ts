/**
 * A person's words without what no person types: control characters (NUL among them) and marks that turn
 * the direction of writing, which could make a card read differently from what it says. Words that nobody could see
 * are none.
 */
export const cleanText = (text: string): string => {
  const clean = withoutMarks(text)
  return invisible.test(clean) ? '' : clean
}

/** Nothing that anybody sees: joiners, fillers, selectors and blanks of all kinds, which `trim` does not know. */
const invisible = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u

const withoutMarks = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? sign : '',
    )
    .trim()

/** People count letters and emoji, not UTF-16 units. */
export const countCharacters = (text: string): number => [...text].length
