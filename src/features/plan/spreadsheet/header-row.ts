import { type Cell, isEmptyCell, normalizeLabel } from './cells.ts'
import type { ColumnName, SheetWords } from './sheet-words.ts'

/** Titles stand in one of these rows. */
const mostRowsAbove = 30
/** Fewer titles that are known are a coincidence. */
const fewestTitles = 2

export type Header = {
  /** The row with the titles, and the first one below them. */
  row: number
  below: number
  titles: (string | null)[]
}

/** Finds the titles, wherever they begin, also where some stand in a second row below a merged one; null: there are none. */
export const findHeader = (rows: readonly (readonly Cell[])[], words: SheetWords): Header | null => {
  const counts = rows.slice(0, mostRowsAbove).map((cells) => knownIn(cells, words).size)
  const most = Math.max(0, ...counts)
  if (most < fewestTitles) return null
  const row = counts.indexOf(most)
  const [above, first, second] = [rows[row - 1] ?? [], rows[row] ?? [], rows[row + 1] ?? []]
  if (isSecond(second, words)) return { row, below: row + 2, titles: joined(first, second, words) }
  // The better row may be the lower one of two.
  if (row > 0 && isSecond(first, words) && knownIn(above, words).size >= fewestTitles)
    return { row: row - 1, below: row + 1, titles: joined(above, first, words) }
  return { row, below: row + 1, titles: joined(first, [], words) }
}

const knownIn = (cells: readonly Cell[], words: SheetWords): Set<ColumnName> =>
  new Set(cells.flatMap((cell) => columnOf(textOf(cell), words) ?? []))

export const columnOf = (title: string | null, words: SheetWords): ColumnName | undefined => {
  if (title === null) return undefined
  const wanted = normalizeLabel(title)
  return words.columns.find(({ label, also }) =>
    [label, ...also].some((one) => normalizeLabel(one) === wanted),
  )?.column
}

/** Nothing but titles, and not in the first column. */
const isSecond = (cells: readonly Cell[], words: SheetWords): boolean => {
  const filled = cells.filter((cell) => !isEmptyCell(cell))
  return (
    filled.length > 0 &&
    isEmptyCell(cells[0]) &&
    filled.every((cell) => columnOf(textOf(cell), words) !== undefined)
  )
}

const joined = (first: readonly Cell[], second: readonly Cell[], words: SheetWords): (string | null)[] =>
  Array.from({ length: Math.max(first.length, second.length) }, (_, column) => {
    const lower = textOf(second[column])
    return columnOf(lower, words) === undefined ? textOf(first[column]) : lower
  })

const textOf = (cell: Cell | undefined): string | null =>
  cell === undefined || isEmptyCell(cell) || typeof cell === 'object' ? null : String(cell)
