import { z } from 'zod'
import type { Typed } from './failure-pages.ts'

/** The fields of a form as they came; a field that came several times is a list. Anything else is an empty form. */
export const typedIn = (body: unknown): Typed =>
  z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .catch({})
    .parse(body)
