import { circumstanceGroups, type Region } from '#regions/schema.ts'

export type Topic = { code: (typeof circumstanceGroups)[number]; circumstances: readonly string[] }

/** The list that one tells by: a topic first, then what is in it. Every circumstance is in one topic. */
export const topicsOf = (region: Region): Topic[] =>
  circumstanceGroups
    .map((code) => ({
      code,
      circumstances: region.circumstances.filter(({ group }) => group === code).map((one) => one.code),
    }))
    .filter(({ circumstances }) => circumstances.length > 0)

/** Hard to say, though nobody is in danger by it: what is dangerous leads to the card with the numbers. */
export const heavyCircumstances: readonly string[] = [
  'giving-up-child',
  'grief',
  'no-food-or-clothes',
  'no-home',
  'parent-addiction',
]
