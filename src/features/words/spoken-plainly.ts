/** In lower case, with single spaces and without io (U+0451): as the lists of what people say are written. */
export const spokenPlainly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\u0451/g, '\u0435')
    .replace(/[^\S\n]+/g, ' ')
    .trim()

/** What is quoted is said by somebody else. */
export const isQuoting = (text: string): boolean => /[«»"“”]/.test(text)
