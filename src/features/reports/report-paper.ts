import { formatBirthDate } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { unknownYears } from '#features/deadlines/working-days.ts'
import {
  type CategoryChoice,
  nameOfRow,
  type ReportForm,
  type ReportTable,
} from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import { type Quarter, quarterAfter } from './quarters.ts'
import type { ShownFigure } from './small-groups.ts'

/** What is printed: a report as it is counted now, or one that was handed in. */
export type ReportSheet = {
  form: ReportForm
  quarter: Quarter
  choice: CategoryChoice
  figures: ReadonlyMap<string, ShownFigure>
  /** Codes of the identities that do not hold. */
  faults: readonly string[]
  /** Null: a draft. */
  handedIn: { number: number; at: Date } | null
}

export type PaperRow = { number: string; words: string; figure: ShownFigure; level: number }
export type PaperTable = {
  code: ReportTable['code']
  /** What it is annexed to. */
  annex: string
  /** With the name of the centre and the period, as the form has them. */
  title: string
  heads: [string, string, string]
  rows: PaperRow[]
}
export type ReportPaper = {
  period: string
  addressee: string
  /** A draft, or number and day. */
  status: string
  tables: PaperTable[]
  notes: string[]
}

type Around = { say: Say; region: Pick<Region, 'code' | 'timeZone' | 'daysOff'>; organisation: string }

/** The words of a row, in the text's order and numbering. */
export const rowWords = (say: Say, region: string, row: string): string =>
  say.label(`quarterlyReport.${region}.${keyOf(row)}`)

/** `form.1.4.1` has the words `form.1-4-1`. */
const keyOf = (row: string): string =>
  row.replace(/^(\w+)\.(.*)$/, (_, table, number) => `${table}.${number.replaceAll('.', '-')}`)

/** «IV квартал 2026 года». */
export const quarterWords = (say: Say, { quarter, year }: Pick<Quarter, 'quarter' | 'year'>): string =>
  say.label('quarterlyReport.period', { quarter: ['I', 'II', 'III', 'IV'][quarter - 1] ?? '', year })

/** «Сдан 30 декабря 2026», with the number of a correction, or that it is a draft. */
export const statusWords = (
  say: Say,
  { timeZone }: Pick<Region, 'timeZone'>,
  handedIn: ReportSheet['handedIn'],
): string => {
  if (!handedIn) return say.label('quarterlyReport.draft')
  const { number, at } = handedIn
  const day = formatBirthDate(say, dayAt(at, timeZone).toString())
  return say.label(`quarterlyReport.${number === 1 ? 'handedIn' : 'corrected'}`, { number, day })
}

/** All texts of the report in the reader's language. */
export const paperOf = (
  { form, quarter, choice, figures, faults, handedIn }: ReportSheet,
  { say, region, organisation }: Around,
): ReportPaper => {
  const words = (key: string, values = {}) => say.label(`quarterlyReport.${key}`, values)
  const period = quarterWords(say, quarter)
  return {
    period,
    addressee: words(`${region.code}.addressee`),
    status: statusWords(say, region, handedIn),
    tables: form.tables.map((table) => ({
      code: table.code,
      annex: words(`${region.code}.annexes.${table.code}`),
      title: words(`${region.code}.tables.${table.code}`, { organisation, period }),
      heads: [words('heads.number'), words('heads.row'), words('heads.figure')],
      rows: table.rows.map((row) => ({
        number: row.number,
        words: rowWords(say, region.code, nameOfRow(table, row)),
        figure: figures.get(nameOfRow(table, row)) ?? null,
        level: row.number.split('.').length,
      })),
    })),
    notes: [
      words('notes.counted'),
      words(`notes.${choice}`),
      ...([...figures.values()].includes('hidden') ? [words('notes.hidden')] : []),
      ...unknownYears(region.daysOff, [quarter.year, quarterAfter(quarter).year]).map((year) =>
        words('notes.calendar', { year }),
      ),
      ...faults.map((code) => words('notes.fault', { what: faultWords(say, code) })),
    ],
  }
}

/** What does not agree; of rows alone their numbers say it: «1.7.1 <= 1.7». */
export const faultWords = (say: Say, code: string): string => {
  const key = `quarterlyReport.faults.${code}`
  if (!code.includes('.') && say.has(key)) return say.label(key)
  return code
    .replaceAll('form.', '')
    .replace('<=', '≤')
    .replace(' - ', ' − ')
    .replaceAll('indicators.', `${say.label('quarterlyReport.faults.indicators')} `)
}

/** A figure as text: «12», «33,3», «–» where there is nothing to divide by. */
export const figureWords = (say: Say, figure: ShownFigure): string => {
  if (figure === 'hidden') return say.label('quarterlyReport.hidden')
  if (figure === null) return '–'
  const text = String(figure)
  return say.language === 'ru' ? text.replace('.', ',') : text
}
