import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'

/** Free text, cleaned like text from the bot; at most `most` grapheme clusters. */
export const freeText = (most: number) =>
  z
    .string()
    .overwrite(cleanText)
    .refine((text) => text !== '', 'must not be empty')
    .refine((text) => countCharacters(text) <= most, `must be at most ${most} characters`)
    .meta({ minLength: 1, maxLength: most })
