import { z } from 'zod'
import { withoutMarks } from '#core/words.ts'

/** What a form had in it, besides what the console put there. */
export type Typed = Record<string, string | string[]>

const words = z.string().overwrite(withoutMarks)

/**
 * The fields of a form, without what could make a page show something other than its text; a field that came several times is a
 * list. Anything else is an empty form.
 */
export const typedIn = (body: unknown): Typed =>
  z
    .record(z.string(), z.union([words, z.array(words)]))
    .catch({})
    .parse(body)
