import { z } from 'zod'

/** The value of a cell; `moment` is a local date or time, `2026-03-12T15:00:00`. */
const cellSchema = z.union([
  z.string().max(5000),
  z.number(),
  z.boolean(),
  z.strictObject({ moment: z.string().max(40) }),
  z.null(),
])
export type Cell = z.infer<typeof cellSchema>

export const maxRows = 1000
export const maxColumns = 50

/** A sheet as read from a file: rows from the first one, cells from column A. */
export const sheetSchema = z.strictObject({
  name: z.string().max(100),
  rows: z.array(z.array(cellSchema).max(maxColumns)).max(maxRows),
})
export type Sheet = z.infer<typeof sheetSchema>

/** The address of a cell in Excel's notation, `D7`. Both indexes count from 0. */
export const cellAddress = (row: number, column: number): string => `${lettersOf(column)}${row + 1}`

const lettersOf = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : lettersOf(Math.floor(column / 26) - 1) + lettersOf(column % 26)

export const isEmptyCell = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')

/** Normalises a label for comparison: case, ё, spaces and trailing punctuation. */
export const normalizeLabel = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\s:*.]+$/, '')
    .trim()
