import type { Cell, Row, Sheet } from 'write-excel-file/node'
import type { Say } from '#core/text.ts'
import { allInKindWords } from '#core/withheld.ts'
import { figureWords, type PaperRow, type ReportPaper } from '../report-paper.ts'

const line = { borderStyle: 'thin', borderColor: '#000000' } as const
const middle = { ...line, align: 'center', alignVertical: 'center', wrap: true } as const
const head = { ...middle, fontWeight: 'bold' } as const

/** The report as a workbook (.xlsx), laid out as its form: a sheet for each table. The library is loaded on first use. */
export const reportWorkbook = async (given: ReportPaper, say: Say): Promise<Uint8Array> => {
  const paper = allInKindWords(say, given)
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const sheets: Sheet<never>[] = paper.tables.map(({ annex, title, heads, rows, code }) => ({
    sheet: say.label(`quarterlyReport.sheets.${code}`),
    data: [
      wide(annex, { align: 'right' }),
      wide(title, { fontWeight: 'bold', align: 'center', height: 48 }),
      wide(paper.addressee, { align: 'center', height: 32 }),
      wide(paper.status, { align: 'center' }),
      [null],
      heads.map((value): Cell => ({ value, type: String, ...head })),
      heads.map((_, place): Cell => ({ value: place + 1, type: Number, ...middle })),
      ...rows.map((row) => rowOf(row, say)),
      [null],
      ...paper.notes.map((note) => wide(note, { height: 32 })),
    ],
    columns: [{ width: 9 }, { width: 82 }, { width: 16 }],
  }))
  return new Uint8Array(await writeWorkbook(sheets).toBuffer())
}

/** A line across all columns. */
const wide = (value: string, style: object): Row => [
  { value, type: String, columnSpan: 3, wrap: true, alignVertical: 'center', ...style },
]

const rowOf = ({ number, words, figure, level }: PaperRow, say: Say): Row => [
  { value: number, type: String, ...line, alignVertical: 'top' },
  { value: words, type: String, ...line, wrap: true, alignVertical: 'top', indent: level - 2 > 0 ? 1 : 0 },
  typeof figure === 'number'
    ? { value: figure, type: Number, format: Number.isInteger(figure) ? '0' : '0.0', ...line }
    : { value: figureWords(say, figure), type: String, ...line, align: 'right' },
]
