import type { Question } from '#surveys/schema.ts'
import { answeredIn, figureOf } from './figures.ts'
import type { Cell, Dimension, ResultsQuery, SurveyResults } from './survey-result.ts'
import type { Seen, Sight } from './suppression.ts'
import { shownUnder, sliceOf } from './slices.ts'

/**
 * Groups beside each other, in the order of their codes. A breakdown of which nothing may be shown names no groups either:
 * that there is but one would tell that it is the sum.
 */
export const breakdownsOf = (
  query: ResultsQuery,
  { whole, sights }: { whole: Sight; sights: readonly { question: Question; sight: Sight }[] },
): SurveyResults['breakdowns'] => {
  const cellOf = (code: string, seen: Seen, from: (sight: Sight) => Seen | undefined): Cell => ({
    code,
    sets: seen.row && seen.shown ? answeredIn(seen.row) : null,
    figures: sights.map(({ question, sight }) => {
      const own = from(sight)
      return own?.row && own.shown ? figureOf(question.kind, own.row) : null
    }),
  })
  const territories = [...whole.territories].flatMap(([code, seen]) =>
    seen.row ? [cellOf(code, seen, (sight) => sight.territories.get(code))] : [],
  )
  const slices = [...whole.slices].flatMap(([slice, seen]) => {
    const under = shownUnder(slice)
    return under && seen.row
      ? [{ by: under.by, cell: cellOf(under.code, seen, (sight) => sight.slices.get(slice)) }]
      : []
  })
  const of = (by: Dimension) => ({ by, cells: slices.filter((one) => one.by === by).map(({ cell }) => cell) })
  return [
    ...(query.territory === undefined ? [{ by: 'territory' as const, cells: territories }] : []),
    ...(sliceOf(query) === undefined ? [of('level'), of('help-kind'), of('curator')] : []),
  ].map(({ by, cells }) => ({ by, cells: cells.some(({ sets }) => sets !== null) ? cells : [] }))
}
