import type { Say } from '#core/text.ts'
import type { ExportSheet, SheetCell } from './result-sheets.ts'

/** Text that a spreadsheet would evaluate as a formula. */
const formula = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/**
 * A table as the Russian Excel expects it: UTF-8 with a BOM, semicolons, and numbers in the format of the language.
 * An apostrophe keeps text cells from being evaluated as formulas.
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
