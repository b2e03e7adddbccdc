import type { Question } from '#surveys/schema.ts'
import { answeredIn, figureOf } from './figures.ts'
import type { Cell, Dimension, ResultsQuery, SurveyResults } from './survey-result.ts'
import type { SuppressedSum, SuppressedSums } from './suppression.ts'
import { shownUnder, sliceOf } from './slices.ts'

/**
 * Groups in the order of their codes. A fully suppressed breakdown names no groups either: a single group would equal
 * the total.
 */
export const breakdownsOf = (
  query: ResultsQuery,
  {
    whole,
    perQuestion,
  }: { whole: SuppressedSums; perQuestion: readonly { question: Question; sums: SuppressedSums }[] },
): SurveyResults['breakdowns'] => {
  const cellOf = (
    code: string,
    seen: SuppressedSum,
    from: (sums: SuppressedSums) => SuppressedSum | undefined,
  ): Cell => ({
    code,
    sets: seen.row && seen.shown ? answeredIn(seen.row) : null,
    figures: perQuestion.map(({ question, sums }) => {
      const own = from(sums)
      return own?.row && own.shown ? figureOf(question.kind, own.row) : null
    }),
  })
  const territories = [...whole.territories].flatMap(([code, seen]) =>
    seen.row ? [cellOf(code, seen, (sums) => sums.territories.get(code))] : [],
  )
  const slices = [...whole.slices].flatMap(([slice, seen]) => {
    const under = shownUnder(slice)
    return under && seen.row
      ? [{ by: under.by, cell: cellOf(under.code, seen, (sums) => sums.slices.get(slice)) }]
      : []
  })
  const of = (by: Dimension) => ({ by, cells: slices.filter((one) => one.by === by).map(({ cell }) => cell) })
  return [
    ...(query.territory === undefined ? [{ by: 'territory' as const, cells: territories }] : []),
    ...(sliceOf(query) === undefined ? [of('level'), of('help-kind'), of('curator')] : []),
  ].map(({ by, cells }) => ({ by, cells: cells.some(({ sets }) => sets !== null) ? cells : [] }))
}
