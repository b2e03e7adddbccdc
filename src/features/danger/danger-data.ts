import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

// The words and letters of the built-in list: data, validated when the process starts.

export const readData = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))

/** Sets of words for the patterns, in lower case and without io (U+0451); `*` matches any ending. */
export const wordSets = z.record(z.string(), z.array(z.string())).parse(readData('word-sets.json'))

/** How words are misspelled, and what signs stand for. */
export const spelling = z
  .strictObject({
    /** Latin letters, digits and signs that look like a Cyrillic letter, in words that have Cyrillic ones, too. */
    looks: z.record(z.string(), z.string()),
    translit: z.array(z.tuple([z.string(), z.string()])),
    /** Read instead in a second reading. */
    translitToo: z.array(z.tuple([z.string(), z.string()])),
    keyboard: z.strictObject({ keys: z.string(), letters: z.string() }),
    soft: z.strictObject({ after: z.string(), sign: z.string() }),
    ear: z.strictObject({ reflexive: z.string(), back: z.string(), front: z.string() }),
    io: z.tuple([z.string(), z.string()]),
    no: z.array(z.string()),
    signs: z.record(z.string(), z.string()),
  })
  .parse(readData('spelling.json'))

/**
 * Words of the language that a slip would make of a cry: «спросите» is one letter off «спасите», «удаётся» is spelled by ear
 * like «удавится». They are read as they stand. `scripts/real-words.mjs` writes the list.
 */
export const realWords: ReadonlySet<string> = new Set(z.array(z.string()).parse(readData('real-words.json')))
