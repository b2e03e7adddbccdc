import type { Reader } from '#storage/database.ts'
import { type MonthFlow, monthFlows } from '#storage/reports/quarter-facts.ts'
import { factsQuery, type FactsDeps } from './load-facts.ts'
import { formAndQuarter } from './quarter-report.ts'
import { monthsUpTo } from './quarters.ts'

/** Null: too few for whoever asks. */
export type ShownMonth = {
  month: string
  atEnd: number | null
  accepted: number | null
  closed: number | null
}

const monthsShown = 12
const least = 5

/** A year by month, up to the end of a quarter. Throws `not-found`. */
export const monthsOfReport = async (
  reader: Reader,
  { region }: Pick<FactsDeps, 'region'>,
  { period, territories, opens }: { period: string; territories: readonly string[] | 'all'; opens: boolean },
): Promise<ShownMonth[]> => {
  const { form, quarter } = formAndQuarter(region, period)
  const months = monthsUpTo(quarter, monthsShown)
  const from = months[0]?.from ?? quarter.from
  const query = factsQuery(region, form, { period: { ...quarter, from }, territories })
  const flows = await monthFlows(reader, query, months)
  return opens ? flows : hideFewInMonths(flows)
}

/**
 * Hides the months of a quarter in one of which few came, left or stayed: the quarter's own figures would reveal a single one. Pure;
 * the months are of whole quarters.
 */
const hideFewInMonths = (flows: readonly MonthFlow[]): ShownMonth[] => {
  const few = (count: number) => count > 0 && count < least
  const tells = ({ accepted, closed, atEnd }: MonthFlow) => few(accepted) || few(closed) || few(atEnd)
  return flows.map((flow, place) => {
    const first = place - (place % 3)
    const hidden = flows.slice(first, first + 3).some(tells)
    return hidden ? { month: flow.month, atEnd: null, accepted: null, closed: null } : flow
  })
}
