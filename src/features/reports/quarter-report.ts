import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type CategoryChoice, type ReportForm, rowNames } from '#regions/reports/report-form.ts'
import { reportFormOf } from '#regions/reports/index.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type HandedIn, handedInOf, lastChoice } from '#storage/reports/handed-in.ts'
import { countsOf } from './count-rows.ts'
import { type CheckedIdentity, checkIdentities, createTally, type Figures } from './figures.ts'
import { type FactsDeps, loadFacts, type ReportedFamily } from './load-facts.ts'
import { parseQuarter, type Quarter, quarterBefore } from './quarters.ts'
import { type ReportDue, reportDue } from './report-due.ts'

export type QuarterReport = {
  form: ReportForm
  quarter: Quarter
  choice: CategoryChoice
  due: ReportDue
  figures: Figures
  identities: CheckedIdentity[]
  /** All numbers as they were handed in; none for whoever reaches a part of the centre only. */
  handedIn: HandedIn[]
}

/**
 * Whoever may not open the cases reads a quarter that is over: figures that grow from day to day would tell by subtraction what small ones
 * hide. Throws `not-found`, `invalid-input`.
 */
export const mustBeOver = (
  region: Pick<Region, 'code' | 'timeZone'>,
  { period, opens, now }: { period: string; opens: boolean; now: Date },
): void => {
  const { quarter } = formAndQuarter(region, period)
  if (!opens && quarter.until >= dayAt(now, region.timeZone).toString())
    throw new DomainError('invalid-input', { field: 'period' })
}

export type Asked = {
  period: string
  /** Absent: as the centre reported last, at first `all`. */
  choice?: CategoryChoice | undefined
  territories: readonly string[] | 'all'
}

/** The form and the quarter. Throws `not-found`: the region has no such report, or there is no such quarter. */
export const formAndQuarter = (
  region: Pick<Region, 'code'>,
  period: string,
): { form: ReportForm; quarter: Quarter } => {
  const form = reportFormOf(region.code)
  const quarter = parseQuarter(period)
  if (!form || !quarter) throw new DomainError('not-found')
  return { form, quarter }
}

/** Counts a quarter as it is recorded now, and checks what must agree. Throws `not-found`. */
export const quarterReport = async (
  reader: Reader,
  deps: FactsDeps,
  { period, territories, ...asked }: Asked,
): Promise<QuarterReport> => {
  const { region } = deps
  const { form, quarter } = formAndQuarter(region, period)
  const choice = asked.choice ?? (await lastChoice(reader, region.code)) ?? 'all'
  const whole = territories === 'all'
  // Before the figures: what is handed in meanwhile is seen not to be among these.
  const handedIn = whole ? await handedInOf(reader, region.code, quarter.code) : []
  const tally = createTally(form)
  for await (const { facts } of loadFacts(reader, deps, form, { period: quarter, territories }))
    tally.add(countsOf(form, { period: quarter, choice }, facts))
  const figures = tally.figures()
  const before = whole
    ? (await handedInOf(reader, region.code, quarterBefore(quarter).code)).at(-1)
    : undefined
  const identities = checkIdentities(form, { figures, before: before ? frozen(before) : null, choice })
  return { form, quarter, choice, due: reportDue(quarter, form, region), figures, identities, handedIn }
}

/** The figures of a report that was handed in. */
export const frozen = ({ figures }: Pick<HandedIn, 'figures'>): Figures => new Map(Object.entries(figures))

export type CaseOfRow = Pick<ReportedFamily, 'id' | 'number' | 'territory'> & { count: number }

/** The families that a figure is made of, by number. Throws `not-found`, also for a share, which is made of two rows. */
export const casesOfRow = async (
  reader: Reader,
  deps: FactsDeps,
  { period, territories, row, ...asked }: Asked & { row: string },
): Promise<CaseOfRow[]> => {
  const { form, quarter } = formAndQuarter(deps.region, period)
  const isShare = form.tables.some(({ code, rows }) =>
    rows.some(({ number, rule }) => `${code}.${number}` === row && 'share' in rule),
  )
  if (!rowNames(form).includes(row) || isShare) throw new DomainError('not-found')
  const choice = asked.choice ?? (await lastChoice(reader, deps.region.code)) ?? 'all'
  const cases: CaseOfRow[] = []
  for await (const family of loadFacts(reader, deps, form, { period: quarter, territories })) {
    const { id, number, territory, facts } = family
    const count = countsOf(form, { period: quarter, choice }, facts).get(row) ?? 0
    if (count > 0) cases.push({ id, number, territory, count })
  }
  return cases
}
