import { z } from 'zod'
import { answersSchema } from '../answers.ts'

/**
 * One way to understand what was typed, which the person is asked to confirm: the answers that it means, or an age that
 * changes who is asked. `ages`: how old each child was said to be, «7y» or «14m».
 */
export const readingSchema = answersSchema
  .pick({ birthDate: true, children: true, phone: true, territory: true, territoryWords: true, name: true })
  .extend({
    ages: z.array(z.string().regex(/^\d{1,3}[ym]$/)).optional(),
    age: z.number().int().optional(),
  })
export type Reading = z.infer<typeof readingSchema>

/** What has been said of a date of birth so far. */
export const datePartsSchema = z
  .object({ year: z.number(), month: z.number(), day: z.number(), age: z.number() })
  .partial()
export type DateParts = z.infer<typeof datePartsSchema>
