import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'

/** Words of a person, cleaned as those that come through the bot; `most` characters as people count them. */
export const freeText = (most: number) =>
  z
    .string()
    .overwrite(cleanText)
    .refine((text) => text !== '', 'empty')
    .refine((text) => countCharacters(text) <= most, `longer than ${most} characters`)
    .meta({ minLength: 1, maxLength: most })
