import type { Cell, Row, Sheet } from 'write-excel-file/node'
import type { Say } from '#core/text.ts'
import type { RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Register, RegisterRow } from './register.ts'
import { type RegisterWords, registerWords } from './register-words.ts'

const bold = { fontWeight: 'bold', wrap: true, alignVertical: 'center' } as const
const head = { ...bold, backgroundColor: '#e3ecea', height: 32 } as const
const wrapped = { wrap: true, alignVertical: 'top' } as const
const isDay = /^\d{4}-\d\d-\d\d$/

/**
 * A register as a workbook (.xlsx): its name, clause and period, the columns in their order, and numbered rows. Text cells are never
 * evaluated as formulas. The library is loaded on first use.
 */
export const registerWorkbook = async (
  say: Say,
  region: Pick<Region, 'code'>,
  rule: RegisterRule,
  register: Register,
): Promise<Uint8Array> => {
  const { default: writeWorkbook } = await import('write-excel-file/node')
  const words = registerWords(say, region, rule)
  const labels = [
    ...(rule.rows === 'cases' ? [] : [say.label(`registers.rows.${rule.rows}`)]),
    ...register.columns.map(words.column),
  ]
  const text = (value: string): Cell => ({ value, type: String, ...wrapped })
  const data: Row[] = [
    [{ value: words.name, type: String, columnSpan: labels.length + 1, ...bold }],
    [text(say.label('registers.clause', { clause: clauseOf(say, register) }))],
    [text(say.label('registers.period', { from: dayOf(register.from), until: dayOf(register.until) }))],
    [say.label('registers.place'), ...labels].map((value): Cell => ({ value, type: String, ...head })),
    ...register.rows.map(
      (row, index): Row => [
        { value: index + 1, type: Number, ...wrapped },
        ...(rule.rows === 'cases' ? [] : [text(nameOf(say, words, row))]),
        ...register.columns.map((column) => cellOf(say, words, row, column)),
      ],
    ),
    ...notesOf(say, rule, register).map((note): Row => [text(note)]),
  ]
  const sheet: Sheet<never> = {
    sheet: say.label('registers.sheet'),
    data,
    columns: [{ width: 8 }, ...labels.map((_, index) => ({ width: index === 0 ? 40 : 18 }))],
    stickyRowsCount: 4,
  }
  return new Uint8Array(await writeWorkbook([sheet]).toBuffer())
}

const clauseOf = (say: Say, { clause }: Register): string =>
  clause === 'product' ? say.label('registers.ownClause') : clause

const nameOf = (say: Say, words: RegisterWords, { code, beside }: RegisterRow): string =>
  beside ? say.label('registers.beside', { what: words.row(code) }) : words.row(code)

const cellOf = (say: Say, words: RegisterWords, { cells, hidden }: RegisterRow, column: string): Cell => {
  if (hidden.includes(column)) return { value: say.label('registers.hidden'), type: String, ...wrapped }
  const value = words.cell(column, cells[column] ?? null)
  if (value === null) return null
  if (typeof value === 'number') return { value, type: Number, ...wrapped }
  if (isDay.test(value))
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'dd.mm.yyyy', ...wrapped }
  return { value, type: String, ...wrapped }
}

const notesOf = (say: Say, rule: RegisterRule, { complete, rows }: Register): string[] => [
  ...(complete ? [] : [say.label('registers.notes.running')]),
  ...(rule.rows === 'cases' ? [] : [say.label(`registers.notes.${rule.rows}`)]),
  ...(rows.some(({ hidden }) => hidden.length > 0) ? [say.label('registers.notes.hidden')] : []),
]

const dayOf = (day: string): string => day.split('-').reverse().join('.')
