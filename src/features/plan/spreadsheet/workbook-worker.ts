import { parentPort, workerData } from 'node:worker_threads'
import { type Cell, maxColumns, maxRows, type Sheet } from './cells.ts'
import type { WorkbookResult } from './workbook.ts'
import {
  readDateStyles,
  readRelations,
  readSharedStrings,
  readWorkbookPart,
  type SheetPart,
} from './xlsx/parts.ts'
import { readSheetPart, type SheetContents } from './xlsx/sheet-part.ts'
import { type Entry, entriesOf } from './xlsx/unzip.ts'

const open = (bytes: Uint8Array): WorkbookResult => {
  const entries = entriesOf(bytes)
  const main = entries?.get('xl/workbook.xml')
  if (!entries || !main) return { problem: 'not-a-workbook' }
  const part = (path: string): string | undefined => entries.get(path)?.read().toString('utf8')
  const { sheets, from1904 } = readWorkbookPart(text(main))
  const relations = readRelations(part('xl/_rels/workbook.xml.rels') ?? '')
  const known = {
    strings: readSharedStrings(part('xl/sharedStrings.xml') ?? ''),
    dateStyles: readDateStyles(part('xl/styles.xml') ?? ''),
    from1904,
    most: maxRows,
  }
  const read = sheets.flatMap((sheet) => {
    const xml = part(relations.get(sheet.relation) ?? '')
    return xml === undefined ? [] : [toSheet(sheet, readSheetPart(xml, known))]
  })
  if (read.length === 0) return { problem: 'not-a-workbook' }
  const wide = read.some(({ rows }) => rows.some(({ length }) => length > maxColumns))
  return wide ? { problem: 'too-many-cells' } : { sheets: read }
}

const text = (entry: Entry): string => entry.read().toString('utf8')

const toSheet = ({ name, hidden }: SheetPart, contents: SheetContents): Sheet => {
  const { cells, hiddenRows, hiddenColumns, filtered } = contents
  const height = Math.max(-1, ...cells.keys()) + 1
  const rows = Array.from({ length: height }, (_, row): Cell[] => {
    const filled = cells.get(row)
    const width = filled ? Math.max(...filled.keys()) + 1 : 0
    return Array.from({ length: width }, (__, column) => filled?.get(column) ?? null)
  })
  return {
    name: name.slice(0, 100),
    rows,
    hidden,
    filtered,
    hiddenRows: hiddenRows.filter((row) => row < height),
    hiddenColumns: hiddenColumns.filter((column) => column < maxColumns),
  }
}

const answer = (bytes: Uint8Array): WorkbookResult => {
  try {
    return open(bytes)
  } catch (error) {
    return {
      problem:
        error instanceof RangeError && error.message === 'too many cells'
          ? 'too-many-cells'
          : 'not-a-workbook',
    }
  }
}

parentPort?.postMessage(answer(workerData))
