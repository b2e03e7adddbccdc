import type { Say } from '#core/text.ts'
import type { ExportSheet, SheetCell } from './result-sheets.ts'

/** What a spreadsheet would take for a formula, and carry out. */
const formula = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/**
 * A table as the Russian Excel opens it: UTF-8 with its mark, semicolons, and numbers as the language writes them. Words
 * that a spreadsheet would carry out stand behind an apostrophe.
 */
export const toCsv = (
  { heads, rows }: Pick<ExportSheet, 'heads' | 'rows'>,
  say: Pick<Say, 'language'>,
): string =>
  `\ufeff${[heads, ...rows].map((row) => row.map((cell) => written(cell, say)).join(';')).join('\r\n')}\r\n`

const written = (cell: SheetCell, { language }: Pick<Say, 'language'>): string => {
  if (cell === null) return ''
  if (typeof cell === 'string') return quoted(formula.test(cell) ? `'${cell}` : cell)
  const figure = cell.number.toFixed(cell.decimals)
  return language === 'ru' ? figure.replace('.', ',') : figure
}

const quoted = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
