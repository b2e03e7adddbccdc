import type { CaseEventKind } from '../case-rules.ts'
import type { HelpKind } from '../help-kinds.ts'

// A report that a region's text demands, as data: its rows, what each is counted from, and what must agree.

/** `supported`: with a day of support in the period; `overcame`: of these, who overcame their hardship in the period. */
export type FamilyGroup = 'supported' | 'overcame'

/** What a row counts. */
export type RowRule =
  /** Acceptances: a family that comes back within the period counts twice. */
  | { episodes: 'at-start' | 'accepted' | 'supported' | 'closed' | 'closed-better' | 'at-end' }
  /** Different families: all of a group, or those in a category or with a help. */
  | { families: FamilyGroup; row?: Narrowing }
  /** Percent, with one decimal; none where there is nothing to divide by. */
  | { share: string; of: string }

type Narrowing =
  | { category: readonly Placed[] }
  /** Every other category, and families with none. */
  | { otherCategories: true }
  | { help: HelpKind }
  /** Help of the catalogue with this row among its `reportRows`. */
  | { catalogueRow: string }

/** A category; `with`: only beside this circumstance. */
export type Placed = { code: string; with?: string }

export type ReportRow = {
  /** As the text numbers it. */
  number: string
  rule: RowRule
}

export type ReportTable = {
  code: 'form' | 'indicators'
  clause: string
  rows: readonly ReportRow[]
}

/** What must agree, by names of rows: `form.1.3`. */
export type Identity = {
  code: string
  left: readonly string[]
  relation: '=' | '<=' | '>='
  right: readonly string[]
  /** Taken off the right side. */
  less?: readonly string[]
  /** The right side is of the quarter before. */
  before?: true
  /** Holds by this choice of categories only. */
  only?: CategoryChoice
}

/** A family counts in the row of each of its categories, or of its main one only. */
export const categoryChoices = ['all', 'main'] as const
export type CategoryChoice = (typeof categoryChoices)[number]

export type ReportForm = {
  clause: string
  /** With this event a family counts as accepted. */
  acceptance: { event: CaseEventKind; stage: string; clause: string }
  /** Before this day of the month after the quarter. */
  dueBefore: number
  tables: readonly ReportTable[]
  identities: readonly Identity[]
}

/** A row's name in the whole report. */
export const nameOfRow = (table: ReportTable, { number }: ReportRow): string => `${table.code}.${number}`

export const rowNames = ({ tables }: ReportForm): string[] =>
  tables.flatMap((table) => table.rows.map((row) => nameOfRow(table, row)))
