import { normalizeLabel, type Cell, isEmptyCell, type Sheet, visibleCell } from './cells.ts'
import { columnOf, findHeader, type Header } from './header-row.ts'
import { type LeftOut, rangesOf } from './left-out.ts'
import { isUnder, kindOfRow } from './row-kind.ts'
import type { CellPlaces } from './places.ts'
import type { CellProblem, CellPlace, Problems } from './sheet-problems.ts'
import { readRepeat, whenOf } from './repeat.ts'
import { type CellResult, readCell, readDay, readTime, readWords } from './cell-values.ts'
import { type Choice, type ColumnName, findChoice, type SheetWords } from './sheet-words.ts'

export type DraftActivities = {
  activities: Record<string, unknown>[]
  /** Names of the minors of an activity, by its index. */
  minors: Map<number, string[]>
}

const optional: readonly ColumnName[] = [
  'catalogueCode',
  'place',
  'repeat',
  'until',
  'at',
  'minors',
  'familyPart',
  'centrePart',
]

type Marks = { problems: Problems; places: CellPlaces }

/** Reads one activity per row below the titles; columns may be in any order. */
export const readActivities = (
  { name, rows }: Sheet,
  words: SheetWords,
  { left, hiddenCells, ...marks }: Marks & { left: LeftOut[]; hiddenCells: readonly Cell[] },
): DraftActivities => {
  const minors: DraftActivities['minors'] = new Map()
  const activities: DraftActivities['activities'] = []
  const header = findHeader(rows, words)
  if (!header) {
    marks.problems.add({ sheet: name, row: 0, column: 0 }, 'headers')
    marks.places.set('activities', null)
    return { activities, minors }
  }
  const at = columnsOf({ name, header, hiddenCells, left }, words, marks.problems)
  marks.places.set('activities', { sheet: name, row: header.below, column: 0 })
  const others: number[] = []
  const untitled = new Set<number>()
  rows.forEach((cells, row) => {
    if (row < header.below) return
    const kind = kindOfRow(cells, { code: at.get('code'), totals: words.totals })
    if (kind === 'other') others.push(row)
    if (kind !== 'activity') return
    const index = activities.length
    const reader = readerOf({ sheet: name, row, cells, at, index, words, ...marks })
    cells.forEach((cell, column) => {
      if (isEmptyCell(cell) || (header.titles[column] ?? null) !== null || untitled.has(column)) return
      // Once for the whole column.
      untitled.add(column)
      marks.problems.add({ sheet: name, row, column }, 'unknownColumn')
    })
    activities.push(readRow(reader, words))
    const names = reader.take('minors', readWords)
    if (names) minors.set(index, namesIn(names))
  })
  if (others.length > 0)
    left.push({ kind: 'others', sheet: name, which: rangesOf(others, (row) => String(row + 1)) })
  return { activities, minors }
}

const namesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter(Boolean)

type Titles = { name: string; header: Header; hiddenCells: readonly Cell[]; left: LeftOut[] }

/** Maps columns by their titles. Columns of notes are left out, and named. */
const columnsOf = (
  { name, header: { row, titles }, hiddenCells, left }: Titles,
  words: SheetWords,
  problems: Problems,
): Map<ColumnName, number> => {
  const at = new Map<ColumnName, number>()
  const found = titles.map((title) => columnOf(title, words))
  const code = codeColumn(titles, words)
  titles.forEach((title, column) => {
    if (title === null) return
    const known = found[column]
    const place = { sheet: name, row, column }
    const aside = words.aside.some((one) => normalizeLabel(one) === normalizeLabel(title))
    // A number beside the code is a number only.
    if (aside || (known === 'code' && column !== code))
      left.push({ kind: 'aside', sheet: name, which: title.trim() })
    else if (!known) problems.add(place, 'unknownColumn')
    else if (at.has(known)) problems.add(place, 'repeated')
    else at.set(known, column)
  })
  const hidden = new Set(
    hiddenCells.flatMap((cell) => (typeof cell === 'string' ? (columnOf(cell, words) ?? []) : [])),
  )
  const missing = words.columns.filter(({ column }) => !at.has(column) && !optional.includes(column))
  missing.forEach(({ label, column }, index) => {
    const place = { sheet: name, row, column: titles.length + index }
    problems.add(place, hidden.has(column) ? 'hidden' : 'columnMissing', { label })
  })
  return at
}

/** The column called so; without one that of the numbers. */
const codeColumn = (titles: readonly (string | null)[], words: SheetWords): number => {
  const label = words.columns.find(({ column }) => column === 'code')?.label ?? ''
  const named = titles.findIndex((title) => title !== null && normalizeLabel(title) === normalizeLabel(label))
  return named === -1 ? titles.findIndex((title) => columnOf(title, words) === 'code') : named
}

type RowOf = {
  sheet: string
  row: number
  cells: readonly Cell[]
  at: ReadonlyMap<ColumnName, number>
  index: number
  words: SheetWords
} & Marks

type RowReader = {
  place(column: ColumnName, ...paths: string[]): CellPlace
  take<T>(column: ColumnName, read: (cell: Cell) => CellResult<T>): T | undefined
  blame(column: ColumnName, problem: CellProblem, values?: Record<string, string>): void
}

const readerOf = ({ sheet, row, cells, at, index, places, problems }: RowOf): RowReader => {
  const place: RowReader['place'] = (column, ...paths) => {
    const position = at.get(column)
    const found = { sheet, row, column: position ?? 0 }
    // That the column is missing has been said once, for all rows.
    const said = position === undefined && !optional.includes(column)
    for (const path of paths) places.set(`activities.${index}.${path}`, said ? null : found)
    return found
  }
  return {
    place,
    blame: (column, problem, values) => problems.add(place(column), problem, values),
    take: (column, read) => {
      const position = at.get(column)
      if (position === undefined) return undefined
      const given = cells[position] ?? null
      if (isUnder(given) && given.value === null && !optional.includes(column)) {
        problems.add(place(column), 'merged', { with: given.under })
        return undefined
      }
      const cell = visibleCell(given)
      if (isEmptyCell(cell)) {
        if (!optional.includes(column)) problems.add(place(column), 'missing')
        return undefined
      }
      const result = readCell(cell, read)
      if ('value' in result) return result.value
      problems.add(place(column), result.problem)
      return undefined
    },
  }
}

const readRow = (reader: RowReader, words: SheetWords): Record<string, unknown> => {
  const choice = <T extends string>(
    column: 'kind' | 'audience',
    choices: readonly Choice<T>[],
  ): T | undefined => {
    const given = reader.take(column, readWords)
    const found = given === undefined ? undefined : findChoice(choices, given)
    if (given !== undefined && found === undefined) {
      reader.blame(column, column, { given, known: choices.map(({ label }) => label).join(', ') })
    }
    return found
  }
  const written = (column: ColumnName) => {
    reader.place(column, column)
    return reader.take(column, readWords)
  }
  const text = {
    code: written('code'),
    title: written('title'),
    plain: written('plain'),
    catalogueCode: written('catalogueCode'),
    place: written('place'),
    responsible: written('responsible'),
    familyPart: written('familyPart'),
    centrePart: written('centrePart'),
  }
  reader.place('kind', 'kind')
  reader.place('audience', 'audience')
  reader.place('minors', 'memberIds')
  return {
    ...Object.fromEntries(Object.entries(text).filter(([, value]) => value !== undefined)),
    kind: choice('kind', words.kinds),
    audience: choice('audience', words.audiences),
    when: readWhen(reader),
  }
}

/** Without a repetition: once if one day is given, otherwise at some time within the period. */
const readWhen = (reader: RowReader): Record<string, unknown> | undefined => {
  const given = reader.take('repeat', readWords)
  const from = reader.take('from', readDay)
  const until = reader.take('until', readDay)
  const at = reader.take('at', readTime)
  reader.place('from', 'when', 'when.from', 'when.on')
  reader.place('until', 'when.until')
  reader.place('at', 'when.at')
  reader.place('repeat', 'when.kind', 'when.every', 'when.days', 'when.day')
  const repeat =
    given === undefined ? { kind: until ? ('span' as const) : ('once' as const) } : readRepeat(given)
  if (!repeat) {
    reader.blame('repeat', 'repeat')
    return undefined
  }
  if (repeat.kind === 'once' && until !== undefined && until !== from) reader.blame('until', 'idle')
  if (repeat.kind === 'span' && at !== undefined) reader.blame('at', 'idle')
  if (repeat.kind !== 'once' && until === undefined) reader.blame('until', 'missing')
  return whenOf(repeat, {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(at !== undefined && { at }),
  })
}
