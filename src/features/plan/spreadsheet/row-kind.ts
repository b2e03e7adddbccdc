import { type Cell, isEmptyCell, normalizeLabel } from './cells.ts'

/** A cell under a merged one. */
export const isUnder = (cell: Cell): cell is Extract<Cell, { under: string }> =>
  typeof cell === 'object' && cell !== null && 'under' in cell

/** Fewer cells under one are no heading of a table. */
const fewestSpread = 3

/**
 * What a row of the table is: nothing, if it has at most its number; a heading across the table, or a total; or an activity.
 * `code`: the column of the number. Pure.
 */
export const kindOfRow = (
  cells: readonly Cell[],
  { code, totals }: { code: number | undefined; totals: readonly string[] },
): 'empty' | 'other' | 'activity' => {
  const filled = cells.flatMap((cell, column) => (isEmptyCell(cell) ? [] : [{ cell, column }]))
  const [first] = filled
  if (!first) return 'empty'
  const beside = cells.filter((cell) => isUnder(cell) && cell.value === null).length
  if (filled.length === 1 && beside >= fewestSpread) return 'other'
  if (filled.length === 1 && first.column === code) return 'empty'
  const start = normalizeLabel(String(first.cell))
  const isTotal = totals.some((one) => `${start} `.startsWith(`${normalizeLabel(one)} `))
  return isTotal ? 'other' : 'activity'
}
