import writeWorkbook, { type Cell, type Row, type Sheet } from 'write-excel-file/node'
import type { Say } from '#core/text.ts'
import { allInKindWords } from '#core/withheld.ts'
import type { PlanDocument } from '../plan-document.ts'
import { activityCells, headCells } from './sheet-contents.ts'
import { createSheetWords } from './sheet-words.ts'

const title = { fontWeight: 'bold', backgroundColor: '#e3ecea', wrap: true, alignVertical: 'center' } as const
const wrapped = { wrap: true, alignVertical: 'top' } as const

/** Empty rows for tasks and for results; more can be inserted. */
const listRows = 4
const widths = [8, 34, 34, 18, 24, 22, 24, 12, 12, 9, 14, 18, 30, 30, 18]

/** What a workbook is filled with. `names`: of minors, by id. */
export type Filled = { number: number; document: PlanDocument; names: ReadonlyMap<string, string> }

/** Creates a workbook (.xlsx) for a plan, empty or filled, with a sheet that lists the accepted values. */
export const planTemplate = async (say: Say, filled?: Filled): Promise<Uint8Array> => {
  const words = createSheetWords(say)
  const head = filled && headCells(words, allInKindWords(say, filled))
  const plan: Row[] = words.fields.flatMap(({ field, label }): Row[] => {
    const values = head?.[field] ?? []
    const rows = Math.max(values.length, field === 'tasks' || field === 'results' ? listRows : 1)
    return Array.from({ length: rows }, (_, index) => [
      index === 0 ? { value: label, type: String, ...title } : null,
      textCell(values[index]),
    ])
  })
  const activities = filled?.document.activities.map((one): Row => {
    const cells = activityCells(words, allInKindWords(say, one), filled.names)
    return words.columns.map(({ column }) => textCell(cells[column]))
  })
  const sheets: Sheet<never>[] = [
    { sheet: words.plan, data: plan, columns: [{ width: 26 }, { width: 80 }] },
    {
      sheet: words.activities,
      data: [
        words.columns.map(({ label }): Cell => ({ value: label, type: String, height: 32, ...title })),
        ...(activities ?? []),
      ],
      columns: widths.map((width) => ({ width })),
      stickyRowsCount: 1,
    },
    { sheet: words.hints, data: hints(say), columns: [{ width: 26 }, { width: 100 }] },
  ]
  return new Uint8Array(await writeWorkbook(sheets).toBuffer())
}

/** Text is never evaluated as a formula. */
const textCell = (value: string | undefined): Cell =>
  value === undefined || value === '' ? { ...wrapped } : { value, type: String, ...wrapped }

const hints = (say: Say): Row[] => {
  const words = createSheetWords(say)
  const rows: [string, string][] = [
    [label(words, 'family'), say.label('spreadsheet.hints.family')],
    [label(words, 'level'), words.levels.map((level) => level.label).join(', ')],
    [label(words, 'tasks'), say.label('spreadsheet.hints.lists')],
    [column(words, 'code'), say.label('spreadsheet.hints.code')],
    [column(words, 'plain'), say.label('spreadsheet.hints.plain')],
    [column(words, 'kind'), words.kinds.map((kind) => kind.label).join(', ')],
    [column(words, 'catalogueCode'), say.label('spreadsheet.hints.catalogueCode')],
    [column(words, 'repeat'), say.label('spreadsheet.hints.repeat')],
    [column(words, 'from'), say.label('spreadsheet.hints.days')],
    [column(words, 'at'), say.label('spreadsheet.hints.at')],
    [column(words, 'audience'), words.audiences.map((audience) => audience.label).join(', ')],
    [column(words, 'minors'), say.label('spreadsheet.hints.minors')],
  ]
  return rows.map(([name, text]) => [
    { value: name, type: String, ...title },
    { value: text, type: String, ...wrapped },
  ])
}

type Words = ReturnType<typeof createSheetWords>
const label = ({ fields }: Words, wanted: string): string =>
  fields.find(({ field }) => field === wanted)?.label ?? wanted
const column = ({ columns }: Words, wanted: string): string =>
  columns.find(({ column }) => column === wanted)?.label ?? wanted
