import { parentPort, workerData } from 'node:worker_threads'
import readWorkbook from 'read-excel-file/universal'
import { type Cell, maxColumns, maxRows, type Sheet } from './cells.ts'
import type { WorkbookResult } from './workbook.ts'

/** Above the limits of every field, so that a longer text is reported instead of silently cut. */
const longestText = 2000

const open = async (bytes: Uint8Array): Promise<WorkbookResult> => {
  const read = await readWorkbook(new Blob([Uint8Array.from(bytes)])).catch(() => undefined)
  if (!read) return { problem: 'not-a-workbook' }
  const sheets = read.map(
    ({ sheet, data }): Sheet => ({ name: sheet.slice(0, 100), rows: data.map(cellsOf) }),
  )
  const tooMany = sheets.some(
    ({ rows }) => rows.length > maxRows || rows.some(({ length }) => length > maxColumns),
  )
  return tooMany ? { problem: 'too-many-cells' } : { sheets }
}

const cellsOf = (row: readonly unknown[]): Cell[] =>
  row.map((value) => {
    if (value instanceof Date) return { moment: value.toISOString().slice(0, 19) }
    if (typeof value === 'string') return value.slice(0, longestText)
    return typeof value === 'number' || typeof value === 'boolean' ? value : null
  })

parentPort?.postMessage(await open(workerData))
