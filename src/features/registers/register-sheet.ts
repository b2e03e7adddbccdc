import type { Cell, Row, Sheet } from 'write-excel-file/node'

/** A register as a sheet, ready to be written; a day is an ISO date. */
export type RegisterSheet = {
  name: string
  title: string
  /** Above the table. */
  lines: string[]
  heads: string[]
  rows: SheetCell[][]
  /** Below it. */
  notes: string[]
}
export type SheetCell = string | number | { day: string } | null

/** A cell on paper. */
export const cellText = (cell: SheetCell): string => {
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.day.split('-').reverse().join('.') : String(cell)
}

const bold = { fontWeight: 'bold', wrap: true, alignVertical: 'center' } as const
const head = { ...bold, backgroundColor: '#e3ecea', height: 32 } as const
const wrapped = { wrap: true, alignVertical: 'top' } as const

/** Writes a workbook (.xlsx). Text cells are never evaluated as formulas. */
export const writeSheet = async ({
  name,
  title,
  lines,
  heads,
  rows,
  notes,
}: RegisterSheet): Promise<Uint8Array> => {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const data: Row[] = [
    [{ value: title, type: String, columnSpan: heads.length, ...bold }],
    ...lines.map((line): Row => [cellOf(line)]),
    heads.map((value): Cell => ({ value, type: String, ...head })),
    ...rows.map((row): Row => row.map(cellOf)),
    ...notes.map((note): Row => [cellOf(note)]),
  ]
  const sheet: Sheet<never> = {
    sheet: name,
    data,
    columns: heads.map((_, index) => ({ width: index === 0 ? 8 : index === 1 ? 40 : 18 })),
    stickyRowsCount: lines.length + 2,
  }
  return new Uint8Array(await writeWorkbook([sheet]).toBuffer())
}

const cellOf = (cell: SheetCell): Cell => {
  if (cell === null) return null
  if (typeof cell === 'number') return { value: cell, type: Number, ...wrapped }
  if (typeof cell === 'string') return { value: cell, type: String, ...wrapped }
  return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy', ...wrapped }
}
