import { z } from 'zod'

/** What a form had in it, besides what the console put there. */
export type Typed = Record<string, string | string[]>

/** The fields of a form as they came; a field that came several times is a list. Anything else is an empty form. */
export const typedIn = (body: unknown): Typed =>
  z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .catch({})
    .parse(body)
