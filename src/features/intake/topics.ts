import { circumstanceGroups, type Region } from '#regions/schema.ts'
import type { Answers } from './answers.ts'

export type Topic = { code: (typeof circumstanceGroups)[number]; needs: readonly string[] }

/** What can be told by choosing: the categories of a region, and the circumstances. */
export const needsOf = ({ categories, circumstances }: Pick<Region, 'categories' | 'circumstances'>) => [
  ...categories,
  ...circumstances,
]

/** The list that one tells by: a topic first, then what is in it. Everything is in one topic. */
export const topicsOf = (region: Region): Topic[] =>
  circumstanceGroups
    .map((code) => ({
      code,
      needs: needsOf(region)
        .filter(({ group }) => group === code)
        .map((one) => one.code),
    }))
    .filter(({ needs }) => needs.length > 0)

/** What was chosen from the list; a region's categories are kept apart from circumstances. */
export const chosenIn = ({ categories = [], circumstances = [] }: Answers): string[] => [
  ...categories,
  ...circumstances,
]

/** The answers with what was chosen from the list. Of what nothing was chosen is not asked again. */
export const withChosen = (answers: Answers, region: Region, chosen: readonly string[]): Answers => {
  const isCategory = (code: string) => region.categories.some((one) => one.code === code)
  const { categories: _, circumstances: __, ...others } = answers
  const kept = {
    categories: chosen.filter(isCategory),
    circumstances: chosen.filter((code) => !isCategory(code)),
  }
  const empty = (['categories', 'circumstances'] as const).filter((id) => kept[id].length === 0)
  return {
    ...others,
    ...(kept.categories.length > 0 && { categories: kept.categories }),
    ...(kept.circumstances.length > 0 && { circumstances: kept.circumstances }),
    skipped: [...new Set([...(answers.skipped ?? []), ...empty])],
  }
}

/** Hard to say, though nobody is in danger by it: what is dangerous leads to the card with the numbers. */
export const heavyCircumstances: readonly string[] = [
  'giving-up-child',
  'grief',
  'no-food-or-clothes',
  'no-home',
  'parent-addiction',
]
