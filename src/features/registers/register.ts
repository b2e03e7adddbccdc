import { enoughFamilies } from '#features/surveys/results/protect-results.ts'
import type { RegisterCode } from '#regions/registers/register.ts'
import type { Period } from './periods.ts'

/** A day as an ISO date, a code, or codes; null: nothing is known, or it is hidden. */
export type Value = string | number | null | readonly string[]

export type RegisterRow = {
  /** The family's id, or the code of what the row counts. */
  code: string
  /** Counted beside what the text names. */
  beside: boolean
  cells: Readonly<Record<string, Value>>
  /** Columns whose figure stands for too few families to be shown to this reader. */
  hidden: string[]
}

export type Register = Period & {
  code: RegisterCode
  clause: string
  /** The period has ended. */
  complete: boolean
  columns: string[]
  rows: RegisterRow[]
}

/** `families`: those behind a figure; where only figures are shown, of more than five any five. */
export type Count = { count: number; families: readonly string[] }

export const noCount: Count = { count: 0, families: [] }

export const countOf = (families: Iterable<string>): Count => {
  const all = [...new Set(families)]
  return { count: all.length, families: all }
}

/** A row of figures; null: nothing of a case says so. */
export type CountedRow = {
  code: string
  beside?: boolean
  counts: Readonly<Record<string, Count | null>>
  /** What stands beside the figures. */
  texts?: Readonly<Record<string, Value>>
}

/**
 * Figures as cells. `guarded`: the reader may not open the families, so a figure of fewer than five of them is hidden; that nobody was
 * counted is not. Pure.
 */
export const revealed = (
  { code, beside = false, counts, texts = {} }: CountedRow,
  { guarded }: { guarded: boolean },
): RegisterRow => {
  const entries = Object.entries(counts)
  const hidden = entries.flatMap(([column, of]) =>
    guarded && of && of.count > 0 && !enoughFamilies({ n: of.count, families: of.families }) ? [column] : [],
  )
  const cells = Object.fromEntries(
    entries.map(([column, of]) => [column, hidden.includes(column) ? null : (of?.count ?? null)]),
  )
  return { code, beside, cells: { ...cells, ...texts }, hidden }
}
