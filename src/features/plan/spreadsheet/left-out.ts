import type { Say } from '#core/text.ts'
import { type Cell, columnLetters, isEmptyCell, type Sheet } from './cells.ts'

/**
 * What of a file is not taken, and is named: `rows` and `columns` are hidden, `filtered` rows by a filter; `aside` columns are notes,
 * `others` rows are a heading or a total, and a `sheet` is neither of the two of a plan.
 */
export type LeftOut = {
  kind: 'rows' | 'filtered' | 'columns' | 'aside' | 'others' | 'sheet'
  sheet: string
  which: string
}

/** The cells that people see, at their addresses; and what is hidden of what is filled. */
export const visibleOf = (sheet: Sheet): { sheet: Sheet; left: LeftOut[]; hiddenCells: readonly Cell[] } => {
  const { name, rows, hiddenRows = [], hiddenColumns = [], filtered = false } = sheet
  const isHidden = (column: number) => hiddenColumns.includes(column)
  const shown = rows.map((cells, row): Cell[] =>
    hiddenRows.includes(row) ? [] : cells.map((cell, column) => (isHidden(column) ? null : cell)),
  )
  const filledRows = hiddenRows.filter((row) => !(rows[row] ?? []).every(isEmptyCell))
  const filledColumns = hiddenColumns.filter((column) => rows.some((cells) => !isEmptyCell(cells[column])))
  const left: LeftOut[] = []
  if (filledRows.length > 0)
    left.push({
      kind: filtered ? 'filtered' : 'rows',
      sheet: name,
      which: rangesOf(filledRows, (row) => String(row + 1)),
    })
  if (filledColumns.length > 0)
    left.push({ kind: 'columns', sheet: name, which: rangesOf(filledColumns, columnLetters) })
  const hiddenCells = rows.flatMap((cells) => cells.filter((_, column) => isHidden(column)))
  return { sheet: { ...sheet, rows: shown }, left, hiddenCells }
}

/** `7–9, 12`. */
export const rangesOf = (all: readonly number[], nameOf: (one: number) => string): string => {
  const sorted = [...new Set(all)].toSorted((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const one of sorted) {
    const last = ranges.at(-1)
    if (last && last[1] === one - 1) last[1] = one
    else ranges.push([one, one])
  }
  return ranges
    .map(([from, to]) => (from === to ? nameOf(from) : `${nameOf(from)}\u2013${nameOf(to)}`))
    .join(', ')
}

export const leftOutLines = (say: Say, left: readonly LeftOut[]): string[] =>
  left.map(({ kind, sheet, which }) => say.label(`spreadsheet.left.${kind}`, { sheet, which }))
