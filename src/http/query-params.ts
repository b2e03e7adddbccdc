import { z } from 'zod'

/** A query parameter that may be repeated; matches any of its values. */
export const repeatable = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(item).min(1).max(most))

/** `true` or `false`, as text. */
export const booleanParam = () =>
  z.preprocess((given) => (given === 'true' ? true : given === 'false' ? false : given), z.boolean())
