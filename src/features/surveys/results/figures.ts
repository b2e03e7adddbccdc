import type { SumRow } from '#storage/survey-results.ts'
import type { Question, QuestionKind } from '#surveys/schema.ts'
import { type Group, nobody } from './protect.ts'
import type { Figure, Measure, Part } from './result.ts'
import { meanOf, wilson } from './statistics.ts'

const ranges: Partial<Record<QuestionKind, readonly [number, number]>> = { scale: [1, 5], ten: [0, 10] }

/** Where five families are, it does not matter which. */
const five = ['1', '2', '3', '4', '5']

/** Groups of one question by their names. */
export type Groups = ReadonlyMap<string, SumRow>

export const keyOf = ({ question, since }: { question: string; since: number }): string =>
  `${question}.${since}`

export const keyOfQuestion = ({ code, since }: Pick<Question, 'code' | 'since'>): string =>
  keyOf({ question: code, since })

/** Rows by question, then by group. */
export const byQuestion = (rows: readonly SumRow[], nameOf: (row: SumRow) => string): Map<string, Groups> => {
  const found = new Map<string, Map<string, SumRow>>()
  for (const row of rows) {
    const groups = found.get(keyOf(row)) ?? new Map<string, SumRow>()
    found.set(keyOf(row), groups.set(nameOf(row), row))
  }
  return found
}

export const groupOf = (row: SumRow | undefined): Group =>
  row && row.n > 0 ? { n: row.n, families: row.families ?? five } : nobody

export const figureOf = (kind: QuestionKind, row: SumRow): Figure => ({
  n: row.n,
  measure: measureOf(kind, row),
})

export const measureOf = (kind: QuestionKind, { n, sum, squares }: SumRow): Measure | null => {
  const range = ranges[kind]
  if (kind === 'yes-no' && n > 0) return { of: 'share', value: sum / n, interval: wilson(sum, n) }
  const found = range && meanOf({ n, sum, squares }, range)
  return found ? { of: 'mean', value: found.mean, interval: found.interval } : null
}

/** Every value that a question has, with how many gave it. */
export const partsOf = (question: Question, counted: ReadonlyMap<number, number>, n: number): Part[] =>
  valuesOf(question).map(({ value, code, words }) => {
    const count = counted.get(value) ?? 0
    return { value, code, words, count, share: n === 0 ? 0 : count / n, interval: wilson(count, n) }
  })

const valuesOf = ({ kind, scale, options = [] }: Question): Pick<Part, 'value' | 'code' | 'words'>[] => {
  const range = ranges[kind]
  if (range) {
    const [least, most] = range
    return Array.from({ length: most - least + 1 }, (_, place) => ({
      value: least + place,
      code: null,
      words: scale?.[place] ?? null,
    }))
  }
  if (kind === 'yes-no')
    return [
      { value: 1, code: 'yes', words: null },
      { value: 0, code: 'no', words: null },
    ]
  return options.map(({ code, words }, value) => ({ value, code, words }))
}
