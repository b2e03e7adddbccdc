/** Latin and Cyrillic with their diacritics, for sources of expressions. */
const letter = '[a-z\\u00c0-\\u024f\\u0400-\\u052f]'

/**
 * A source with `\p{L}` in it, for lower case. V8 compiles that class to some hundred ranges at each place: a list of expressions
 * that has it a hundred times holds everybody up for half a second when the first words come.
 */
export const withLetters = (source: string): string => source.replaceAll('\\p{L}', letter)
