import type { SumRow } from '#storage/surveys/survey-results.ts'
import type { Question, QuestionKind } from '#surveys/schema.ts'
import { type Group, emptyGroup } from './protect-results.ts'
import type { Figure, Measure, Part } from './survey-result.ts'
import { meanOf, type Moments, wilson } from './statistics.ts'

const ranges: Partial<Record<QuestionKind, readonly [number, number]>> = { scale: [1, 5], ten: [0, 10] }

/** With five families or more, their identity does not matter. */
const five = ['1', '2', '3', '4', '5']

export const keyOf = ({ question, since }: { question: string; since: number }): string =>
  `${question}.${since}`
export const keyOfQuestion = ({ code, since }: Pick<Question, 'code' | 'since'>): string =>
  keyOf({ question: code, since })

/** Groups of one question by name. */
export type Groups = ReadonlyMap<string, SumRow>

/** Rows by question, then by group. */
export const byQuestion = (rows: readonly SumRow[], nameOf: (row: SumRow) => string): Map<string, Groups> => {
  const found = new Map<string, Map<string, SumRow>>()
  for (const row of rows) {
    const groups = found.get(keyOf(row)) ?? new Map<string, SumRow>()
    found.set(keyOf(row), groups.set(nameOf(row), row))
  }
  return found
}

export const answeredIn = ({ counts }: SumRow): number => counts[1] ?? 0
export const passedIn = ({ counts }: SumRow): number => counts[0] ?? 0
const saidIn = ({ counts }: SumRow, value: number): number => counts[value + 2] ?? 0

export const groupOf = (row: SumRow | undefined): Group =>
  row && answeredIn(row) > 0 ? { n: answeredIn(row), families: row.families ?? five } : emptyGroup

/** Merges disjoint groups. */
export const summed = (rows: readonly SumRow[]): SumRow | undefined => {
  const [first] = rows
  if (!first) return undefined
  const families = rows.flatMap((row) => row.families ?? five)
  return {
    ...first,
    counts: first.counts.map((_, place) => rows.reduce((all, { counts }) => all + (counts[place] ?? 0), 0)),
    families: rows.some((row) => row.families === null) ? null : [...new Set(families)],
  }
}

export const figureOf = (kind: QuestionKind, row: SumRow): Figure => ({
  n: answeredIn(row),
  measure: measureOf(kind, row),
})

export const measureOf = (kind: QuestionKind, row: SumRow): Measure | null => {
  const n = answeredIn(row)
  const range = ranges[kind]
  if (kind === 'yes-no' && n > 0)
    return { of: 'share', value: saidIn(row, 1) / n, interval: wilson(saidIn(row, 1), n) }
  const found = range && meanOf(momentsOf(row), range)
  return found ? { of: 'mean', value: found.mean, interval: found.interval } : null
}

const momentsOf = (row: SumRow): Moments =>
  row.counts.slice(2).reduce(
    ({ n, sum, squares }, count, value) => ({
      n: n + count,
      sum: sum + count * value,
      squares: squares + count * value ** 2,
    }),
    { n: 0, sum: 0, squares: 0 },
  )

/** All values of a question with their counts. */
export const partsOf = (question: Question, row: SumRow): Part[] => {
  const n = answeredIn(row)
  return valuesOf(question).map((value) => {
    const count = saidIn(row, value.value)
    return { ...value, count, share: n === 0 ? 0 : count / n, interval: wilson(count, n) }
  })
}

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
