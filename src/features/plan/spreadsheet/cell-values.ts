import { Temporal } from 'temporal-polyfill'
import { languages } from '#core/text.ts'
import { type Cell, normalizeLabel, visibleCell } from './cells.ts'
import { momentOf as momentOfSerial } from './xlsx/sheet-part.ts'

/** The value of a cell, or its problem. */
export type CellResult<T> = { value: T } | { problem: ValueProblem }
type ValueProblem = 'notWords' | 'formula' | 'uncounted' | 'notADay' | 'notATime' | 'notANumber'

/** Reads what people see in a cell. */
export const readCell = <T>(cell: Cell, read: (cell: Cell) => CellResult<T>): CellResult<T> =>
  typeof cell === 'object' && cell !== null && 'broken' in cell
    ? { problem: cell.broken === 'error' ? 'formula' : 'uncounted' }
    : read(visibleCell(cell))

/** Text, or a number used as text. */
export const readWords = (cell: Cell): CellResult<string> => {
  if (typeof cell === 'string')
    return /^#[A-Z0-9/]+[!?]?$/.test(cell) ? { problem: 'formula' } : { value: cell }
  return typeof cell === 'number' ? { value: String(cell) } : { problem: 'notWords' }
}

/** Days of 2000 to 2099, as Excel counts them: a date whose cell is formatted as a number. */
const [firstSerial, lastSerial] = [36_526, 73_050]

/** An Excel date, `12.03.2026`, `12.03.26`, `12/03/2026`, `2026-03-12` or `12 March 2026` → ISO. */
export const readDay = (cell: Cell): CellResult<string> => {
  const serial =
    typeof cell === 'number' && Number.isInteger(cell) && cell >= firstSerial && cell <= lastSerial
  const text = (serial ? momentOfSerial(cell, false) : momentOf(cell))?.slice(0, 10) ?? cell
  if (typeof text !== 'string') return { problem: 'notADay' }
  const parts = partsOf(text.replace(/[\s\u00a0]+/g, ' ').trim())
  if (!parts) return { problem: 'notADay' }
  try {
    return { value: Temporal.PlainDate.from(parts, { overflow: 'reject' }).toString() }
  } catch {
    return { problem: 'notADay' }
  }
}

/** Russian dates may end with `\u0433.`, for the year. */
const written =
  /^(\d{1,2})(?:[./-]|\s)(\d{1,2}|\p{L}+\.?)(?:[./-]|\s)(\d{4}|\d{2})(?: ?\u0433(?:\.|\u043e\u0434\u0430)?)?$/iu

const partsOf = (text: string): { year: number; month: number; day: number } | null => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }
  const [, day, month = '', year = ''] = written.exec(text) ?? []
  if (day === undefined) return null
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month)
  if (number === null) return null
  return { year: year.length === 2 ? 2000 + Number(year) : Number(year), month: number, day: Number(day) }
}

/** The names of months as they stand in dates, by language. */
const monthNames = languages.map((language) =>
  Array.from({ length: 12 }, (_, month) => {
    const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' })
    const found = format.formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'month')
    return normalizeLabel(found?.value ?? '')
  }),
)

/** At least three letters of its name. */
const monthNamed = (text: string): number | null => {
  const wanted = normalizeLabel(text)
  if (wanted.length < 3) return null
  const found = monthNames.map((names) => names.findIndex((name) => name.startsWith(wanted)))
  const at = found.find((index) => index >= 0)
  return at === undefined ? null : at + 1
}

/** An Excel time, `15:00`, `15-00` or `9.30` → `15:00`. */
export const readTime = (cell: Cell): CellResult<string> => {
  const moment = momentOf(cell)
  const fraction = typeof cell === 'number' && cell >= 0 && cell < 1 ? timeOf(cell) : undefined
  const timed = moment && (/^(?:1899|1900|1904)-/.test(moment) || !moment.endsWith('T00:00:00'))
  const text = fraction ?? (timed ? moment.slice(11, 16) : cell)
  const [, hours, minutes] =
    (typeof text === 'string' && /^(\d{1,2})[:.-](\d{2})(?::00)?$/.exec(text.trim())) || []
  if (Number(hours) > 23 || Number(minutes) > 59 || hours === undefined) return { problem: 'notATime' }
  return { value: `${hours.padStart(2, '0')}:${minutes}` }
}

/** Excel stores a time as a fraction of a day. */
const timeOf = (part: number): string => {
  const minutes = Math.round(part * 24 * 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

export const readNumber = (cell: Cell): CellResult<number> => {
  const text = typeof cell === 'string' ? normalizeLabel(cell).replace(/^[^\d]*\u2116\s*/, '') : String(cell)
  return /^\d{1,9}$/.test(text) ? { value: Number(text) } : { problem: 'notANumber' }
}

const momentOf = (cell: Cell): string | undefined =>
  typeof cell === 'object' && cell !== null && 'moment' in cell ? cell.moment : undefined
