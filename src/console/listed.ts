import { z } from 'zod'

/** A field of a form that may come several times, or not at all: check boxes, and lists to choose several from. */
export const listed = <T extends z.ZodType<unknown, string>>(one: T) =>
  z
    .union([z.array(z.string()), z.string()])
    .default([])
    .transform((given) => [given].flat())
    .pipe(z.array(one))

/** A check box. */
export const ticked = z
  .string()
  .optional()
  .transform((given) => given !== undefined)
