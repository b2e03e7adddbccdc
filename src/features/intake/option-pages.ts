import { circumstanceGroups, type Region } from '#regions/schema.ts'
import { type Question, unknownOption } from './questions.ts'

const onOnePage = 6

export type Page = { group: string | null; codes: readonly string[] }

/**
 * Splits options into pages. Each group starts a new page; «do not know what to call it» is on every page.
 */
export const pagesOf = (question: Question, region: Region): Page[] => {
  const codes = question.options?.(region, {}) ?? []
  const named = codes.filter((code) => code !== unknownOption)
  const groups = question.id === 'circumstances' ? grouped(region, named) : [{ group: null, codes: named }]
  const pages = groups.flatMap(({ group, codes: all }) => chunks(all).map((some) => ({ group, codes: some })))
  return codes.includes(unknownOption)
    ? pages.map((page) => ({ ...page, codes: [...page.codes, unknownOption] }))
    : pages
}

const grouped = (region: Region, codes: readonly string[]): Page[] => {
  const groupOf = new Map(region.circumstances.map(({ code, group }) => [code, group]))
  return circumstanceGroups
    .map((group) => ({ group, codes: codes.filter((code) => groupOf.get(code) === group) }))
    .filter((page) => page.codes.length > 0)
}

/** Balances page lengths, so that no page holds a single option. */
const chunks = (codes: readonly string[]): string[][] => {
  const pages = Math.max(1, Math.ceil(codes.length / onOnePage))
  const size = Math.ceil(codes.length / pages)
  return Array.from({ length: pages }, (_, page) => codes.slice(page * size, (page + 1) * size))
}
