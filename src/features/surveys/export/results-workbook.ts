import type { Cell, Row, Sheet } from 'write-excel-file/node'
import type { ExportSheet, SheetCell } from './result-sheets.ts'

const head = { fontWeight: 'bold', backgroundColor: '#e3ecea', wrap: true, alignVertical: 'center' } as const
const formats = { 0: '0', 2: '0.00', 3: '0.000' } as const

/**
 * Writes tables as a workbook (.xlsx). Text cells are never evaluated as formulas. The library is loaded on first
 * use.
 */
export const toWorkbook = async (sheets: readonly ExportSheet[]): Promise<Uint8Array> => {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const all: Sheet<never>[] = sheets.map(({ name, heads, widths, rows }) => ({
    sheet: name,
    data: [
      heads.map((value): Cell => ({ value, type: String, height: 32, ...head })),
      ...rows.map((row): Row => row.map(cellOf)),
    ],
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: 1,
  }))
  return new Uint8Array(await writeWorkbook(all).toBuffer())
}

const cellOf = (cell: SheetCell): Cell => {
  if (cell === null) return null
  if (typeof cell === 'string') return { value: cell, type: String, wrap: true, alignVertical: 'top' }
  return { value: cell.number, type: Number, format: formats[cell.decimals], alignVertical: 'top' }
}
