import { Temporal } from 'temporal-polyfill'
import { normalizeLabel, type Cell } from './cells.ts'

/** The value of a cell, or its problem. */
export type CellResult<T> = { value: T } | { problem: ValueProblem }
type ValueProblem = 'notWords' | 'formula' | 'notADay' | 'notATime' | 'notANumber'

/** Text, or a number used as text. */
export const readWords = (cell: Cell): CellResult<string> => {
  if (typeof cell === 'string')
    return /^#[A-Z0-9/]+[!?]?$/.test(cell) ? { problem: 'formula' } : { value: cell }
  return typeof cell === 'number' ? { value: String(cell) } : { problem: 'notWords' }
}

/** An Excel date, `12.03.2026` or `2026-03-12` → ISO. */
export const readDay = (cell: Cell): CellResult<string> => {
  const text = momentOf(cell)?.replace(/T00:00:00$/, '') ?? cell
  if (typeof text !== 'string') return { problem: 'notADay' }
  const [, d, m, y] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text.trim()) ?? []
  const [year, month, day] = y ? [y, m, d] : (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())?.slice(1) ?? [])
  try {
    const found = { year: Number(year), month: Number(month), day: Number(day) }
    return { value: Temporal.PlainDate.from(found, { overflow: 'reject' }).toString() }
  } catch {
    return { problem: 'notADay' }
  }
}

/** An Excel time, `15:00` or `9.30` → `15:00`. */
export const readTime = (cell: Cell): CellResult<string> => {
  const moment = momentOf(cell)
  const fraction = typeof cell === 'number' && cell >= 0 && cell < 1 ? timeOf(cell) : undefined
  const text = fraction ?? (moment && /^(?:1899|1900|1904)-/.test(moment) ? moment.slice(11, 16) : cell)
  const [, hours, minutes] = (typeof text === 'string' && /^(\d{1,2})[:.](\d{2})$/.exec(text.trim())) || []
  if (Number(hours) > 23 || Number(minutes) > 59 || hours === undefined) return { problem: 'notATime' }
  return { value: `${hours.padStart(2, '0')}:${minutes}` }
}

/** Excel stores a time as a fraction of a day. */
const timeOf = (part: number): string => {
  const minutes = Math.round(part * 24 * 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

export const readNumber = (cell: Cell): CellResult<number> => {
  const text = typeof cell === 'string' ? normalizeLabel(cell).replace(/^\u2116\s*/, '') : String(cell)
  return /^\d{1,9}$/.test(text) ? { value: Number(text) } : { problem: 'notANumber' }
}

const momentOf = (cell: Cell): string | undefined =>
  typeof cell === 'object' && cell !== null ? cell.moment : undefined
