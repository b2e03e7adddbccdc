import type { Reading } from '#storage/survey-reader.ts'
import { type Sums, sumsBy } from '#storage/survey-results.ts'
import { byQuestion, groupOf } from './figures.ts'
import { shownBeside } from './protect.ts'
import { type Seen, sets } from './sight.ts'

/** What each month of the period says of a question. */
export type Trend = (question: string, total: Seen) => { month: string; seen: Seen }[]

/** Months as groups of the period: one that is hidden takes another with it. */
export const seeTrend = async (
  reading: Reading,
  { of, months, total }: { of: Sums; months: readonly string[]; total: Seen },
): Promise<Trend> => {
  const rows = byQuestion(await sumsBy(reading, of, ['month']), ({ month }) => month)
  const judge = (question: string, beside: Seen, most?: readonly boolean[]) =>
    shownBeside(
      { group: groupOf(beside.row), shown: beside.shown },
      months.map((month) => groupOf(rows.get(question)?.get(month))),
      most?.map((one) => !one),
    )
  const ofSets = judge(sets, total)
  return (question, beside) => {
    const shown = judge(question, beside, ofSets)
    return months.map((month, place) => ({
      month,
      seen: { row: rows.get(question)?.get(month), shown: shown[place] === true },
    }))
  }
}
