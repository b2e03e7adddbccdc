import type { Cell, PlainCell } from '../cells.ts'
import { isOn, unescaped } from './parts.ts'
import { eventsOf } from './xml.ts'

export type SheetContents = {
  /** By row, then by column, both from 0; only what is filled. */
  cells: Map<number, Map<number, Cell>>
  hiddenRows: number[]
  hiddenColumns: number[]
  /** Whether a filter hides rows. */
  filtered: boolean
}

type Known = { strings: readonly string[]; dateStyles: readonly boolean[]; from1904: boolean; most: number }

/** Above the limits of every field, so that a longer text is reported instead of silently cut. */
const longestText = 2000

/** Reads the cells of a sheet as values (18.3.1). Throws RangeError for a row beyond `most`. */
export const readSheetPart = (xml: string, known: Known): SheetContents => {
  const found: SheetContents = { cells: new Map(), hiddenRows: [], hiddenColumns: [], filtered: false }
  const merges: string[] = []
  let [row, column] = [-1, -1]
  let cell: Raw | null = null
  let into: 'value' | 'text' | 'formula' | null = null
  let inReading = false
  for (const event of eventsOf(xml)) {
    if (event.kind === 'text') {
      if (cell && into && !inReading) cell[into] = (cell[into] ?? '') + event.text
      continue
    }
    const { name } = event
    if (event.kind === 'close') {
      if (name === 'v' || name === 't' || name === 'f') into = null
      if (name === 'rPh') inReading = false
      if (name !== 'c' || !cell) continue
      const value = cellValue(cell, known)
      if (value !== null) put(found.cells, row, column, value, known.most)
      cell = null
      continue
    }
    const { attributes } = event
    if (name === 'col' && isOn(attributes.hidden)) hide(found.hiddenColumns, attributes, known.most)
    if (name === 'filterColumn') found.filtered = true
    if (name === 'mergeCell') merges.push(attributes.ref ?? '')
    if (name === 'row') {
      row = attributes.r === undefined ? row + 1 : Number(attributes.r) - 1
      column = -1
      if (isOn(attributes.hidden)) found.hiddenRows.push(row)
    }
    if (name === 'c') {
      const at = attributes.r === undefined ? undefined : placeOf(attributes.r)
      column = at?.column ?? column + 1
      cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? -1) }
    }
    if (name === 'rPh') inReading = true
    if (cell && name === 'v') into = 'value'
    if (cell && name === 't') into = 'text'
    if (cell && name === 'f') {
      into = 'formula'
      cell.formula = ''
    }
  }
  for (const merge of merges) cover(found.cells, merge, known.most)
  return found
}

type Raw = { type: string; style: number; value?: string; text?: string; formula?: string }

const cellValue = ({ type, style, value, text, formula }: Raw, known: Known): Cell => {
  if (type === 'e') return { broken: 'error' }
  // Whoever made the file did not calculate it, as some programs do not.
  if (formula !== undefined && (value === undefined || value === '') && text === undefined)
    return type === 'str' && value === '' ? null : { broken: 'uncounted' }
  if (type === 'inlineStr') return words(unescaped(text ?? ''))
  if (value === undefined || value === '') return null
  if (type === 's') return words(known.strings[Number(value)] ?? '')
  if (type === 'str') return words(unescaped(value))
  if (type === 'b') return value === '1'
  if (type === 'd') return { moment: value.slice(0, 19) }
  const number = Number(value)
  if (Number.isNaN(number)) return words(value)
  return known.dateStyles[style] ? { moment: momentOf(number, known.from1904) } : number
}

const words = (text: string): string | null => (text.trim() === '' ? null : text.slice(0, longestText))

const dayMs = 24 * 60 * 60 * 1000

/** Days since 30 December 1899, or since 1 January 1904, as a local date and time (18.17.4.1). */
export const momentOf = (serial: number, from1904: boolean): string => {
  // 29 February 1900 is counted, and did not exist.
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const ms = Math.round((days * dayMs) / 1000) * 1000 + Date.UTC(1899, 11, 30)
  return Math.abs(ms) > 8.64e15 ? '' : new Date(ms).toISOString().slice(0, 19)
}

const put = (cells: SheetContents['cells'], row: number, column: number, value: Cell, most: number): void => {
  if (row >= most || column >= most) throw new RangeError('too many cells')
  const cellsOfRow = cells.get(row) ?? new Map<number, Cell>()
  cells.set(row, cellsOfRow.set(column, value))
}

/** `C7`, from 0. */
const placeOf = (address: string): { row: number; column: number } => {
  const [, letters = '', digits = '1'] = /^\$?([A-Z]+)\$?(\d+)$/i.exec(address) ?? []
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return { row: Number(digits) - 1, column: column - 1 }
}

const hide = (columns: number[], { min, max }: Readonly<Record<string, string>>, most: number): void => {
  const last = Math.min(Number(max ?? min), most)
  for (let one = Number(min); one <= last; one += 1) columns.push(one - 1)
}

/** Cells under a merged one are filled for people: below it with the same, beside it with nothing of their own. */
const cover = (cells: SheetContents['cells'], ref: string, most: number): void => {
  const [from = '', to = from] = ref.split(':')
  const [first, last] = [placeOf(from), placeOf(to)]
  const value = cells.get(first.row)?.get(first.column) ?? null
  if (value === null || (typeof value === 'object' && !('moment' in value))) return
  for (let row = first.row; row <= Math.min(last.row, most - 1); row += 1)
    for (let column = first.column; column <= Math.min(last.column, most - 1); column += 1)
      if ((row !== first.row || column !== first.column) && !cells.get(row)?.has(column)) {
        const same: PlainCell = column === first.column ? value : null
        put(cells, row, column, { under: from.replaceAll('$', ''), value: same }, most)
      }
}
