import { runInThread } from '#core/in-thread.ts'
import type { Say } from '#core/text.ts'
import { allInKindWords } from '#core/withheld.ts'
import type { RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Register, RegisterRow } from './register.ts'
import type { RegisterSheet, SheetCell } from './register-sheet.ts'
import { type RegisterWords, registerWords } from './register-words.ts'

const isDay = /^\d{4}-\d\d-\d\d$/

/** A register as a workbook. Thousands of rows take seconds of CPU time, so it is written in a worker thread. */
export const registerWorkbook = (sheet: RegisterSheet): Promise<Uint8Array> =>
  runInThread(new URL('./sheet-worker.ts', import.meta.url), {
    data: sheet,
    memoryMb: 256,
    timeoutMs: 60_000,
  })

/** What is printed of a register: its name, clause and period, the columns in their order, and numbered rows. */
export const sheetOf = (
  say: Say,
  region: Pick<Region, 'code'>,
  rule: RegisterRule,
  register: Register,
): RegisterSheet => {
  const words = registerWords(say, region, rule)
  const { from, until, columns, rows } = register
  const named = rule.rows !== 'cases'
  return allInKindWords(say, {
    name: say.label('registers.sheet'),
    title: words.name,
    lines: [
      say.label('registers.clause', { clause: clauseOf(say, register) }),
      say.label('registers.period', { from: dayOf(from), until: dayOf(until) }),
    ],
    heads: [
      say.label('registers.place'),
      ...(named ? [say.label(`registers.rows.${rule.rows}`)] : []),
      ...columns.map(words.column),
    ],
    rows: rows.map((row, index) => [
      index + 1,
      ...(named ? [nameOf(say, words, row)] : []),
      ...columns.map((column) => cellOf(say, words, row, column)),
    ]),
    notes: notesOf(say, rule, register),
  })
}

const clauseOf = (say: Say, { clause }: Register): string =>
  clause === 'product' ? say.label('registers.ownClause') : clause

const nameOf = (say: Say, words: RegisterWords, { code, beside }: RegisterRow): string =>
  beside ? say.label('registers.beside', { what: words.row(code) }) : words.row(code)

const cellOf = (
  say: Say,
  words: RegisterWords,
  { cells, hidden }: RegisterRow,
  column: string,
): SheetCell => {
  if (hidden.includes(column)) return say.label('registers.hidden')
  const value = words.cell(column, cells[column] ?? null)
  return typeof value === 'string' && isDay.test(value) ? { day: value } : value
}

const notesOf = (say: Say, rule: RegisterRule, { complete, rows }: Register): string[] => [
  ...(complete ? [] : [say.label('registers.notes.running')]),
  ...(rule.rows === 'cases' ? [] : [say.label(`registers.notes.${rule.rows}`)]),
  ...(rows.some(({ hidden }) => hidden.length > 0) ? [say.label('registers.notes.hidden')] : []),
]

const dayOf = (day: string): string => day.split('-').reverse().join('.')
