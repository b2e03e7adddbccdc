import { z } from 'zod'

/** The value of a cell; `moment` is a local date or time, `2026-03-12T15:00:00`. */
const plainCell = z.union([
  z.string().max(5000),
  z.number(),
  z.boolean(),
  z.strictObject({ moment: z.string().max(40) }),
  z.null(),
])
export type PlainCell = z.infer<typeof plainCell>
const cellSchema = z.union([
  plainCell,
  /** A formula that came to an error, or whose value the file does not have. */
  z.strictObject({ broken: z.enum(['error', 'uncounted']) }),
  /** Under a merged cell: below it with the same value, beside it with none. */
  z.strictObject({ under: z.string().max(12), value: plainCell }),
])
export type Cell = z.infer<typeof cellSchema>

export const maxRows = 1000
export const maxColumns = 50

/** A sheet as read from a file: rows from the first one, cells from column A. */
export const sheetSchema = z.strictObject({
  name: z.string().max(100),
  rows: z.array(z.array(cellSchema).max(maxColumns)).max(maxRows),
  hidden: z.boolean().optional(),
  /** Whether a filter is what hides rows. */
  filtered: z.boolean().optional(),
  hiddenRows: z.array(z.int()).max(maxRows).optional(),
  hiddenColumns: z.array(z.int()).max(maxColumns).optional(),
})
export type Sheet = z.infer<typeof sheetSchema>

/** The address of a cell in Excel's notation, `D7`. Both indexes count from 0. */
export const cellAddress = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`

export const columnLetters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : columnLetters(Math.floor(column / 26) - 1) + columnLetters(column % 26)

export const isEmptyCell = (cell: Cell | undefined): boolean =>
  cell === null ||
  cell === undefined ||
  (typeof cell === 'string' && cell.trim() === '') ||
  // Nobody sees anything of its own there.
  (typeof cell === 'object' && 'under' in cell)

/** What people read in a cell: under a merged one, what stands in it. */
export const visibleCell = (cell: Cell | undefined): Cell =>
  typeof cell === 'object' && cell !== null && 'under' in cell && cell.value !== null
    ? cell.value
    : (cell ?? null)

/** Normalises a label for comparison: case, ё, spaces and trailing punctuation. */
export const normalizeLabel = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[\s:*.]+$/, '')
    .trim()
