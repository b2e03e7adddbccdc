import type { Region } from '#regions/schema.ts'
import { type Question, unknownOption } from './questions.ts'

const onOnePage = 6

/** Splits the options into pages of about the same length. */
export const pagesOf = (question: Question, region: Region): readonly (readonly string[])[] => {
  const codes = question.options?.(region, {}) ?? []
  return chunks(codes.filter((code) => code !== unknownOption))
}

/** Balances page lengths, so that no page holds a single option. */
const chunks = (codes: readonly string[]): string[][] => {
  const pages = Math.max(1, Math.ceil(codes.length / onOnePage))
  const size = Math.ceil(codes.length / pages)
  return Array.from({ length: pages }, (_, page) => codes.slice(page * size, (page + 1) * size))
}
