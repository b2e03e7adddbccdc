import { normalizeLabel, type Cell, isEmptyCell, type Sheet } from './cells.ts'
import type { CellPlaces } from './places.ts'
import type { CellProblem, CellPlace, Problems } from './sheet-problems.ts'
import { readRepeat, whenOf } from './repeat.ts'
import { type CellResult, readDay, readTime, readWords } from './cell-values.ts'
import { type Choice, type ColumnName, findChoice, type SheetWords } from './sheet-words.ts'

export type DraftActivities = {
  activities: Record<string, unknown>[]
  /** Names of the minors of an activity, by its index. */
  minors: Map<number, string[]>
}

const optional: readonly ColumnName[] = [
  'place',
  'repeat',
  'until',
  'at',
  'minors',
  'familyPart',
  'centrePart',
]

type Marks = { problems: Problems; places: CellPlaces }

/** Reads one activity per row below the header; columns may be in any order. */
export const readActivities = ({ name, rows }: Sheet, words: SheetWords, marks: Marks): DraftActivities => {
  const at = columnsOf({ name, rows }, words, marks.problems)
  const minors: DraftActivities['minors'] = new Map()
  const activities: DraftActivities['activities'] = []
  marks.places.set('activities', { sheet: name, row: 1, column: 0 })
  rows.forEach((cells, row) => {
    if (row === 0 || cells.every(isEmptyCell)) return
    const index = activities.length
    const reader = readerOf({ sheet: name, row, cells, at, index, words, ...marks })
    cells.forEach((cell, column) => {
      if (!isEmptyCell(cell) && isEmptyCell(rows[0]?.[column])) {
        marks.problems.add({ sheet: name, row, column }, 'unknownColumn')
      }
    })
    activities.push(readRow(reader, words))
    const names = reader.take('minors', readWords)
    if (names) minors.set(index, namesIn(names))
  })
  return { activities, minors }
}

const namesIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter(Boolean)

/** Maps columns by the titles in the first row. */
const columnsOf = ({ name, rows }: Sheet, words: SheetWords, problems: Problems): Map<ColumnName, number> => {
  const at = new Map<ColumnName, number>()
  const titles = rows[0] ?? []
  titles.forEach((title, column) => {
    if (isEmptyCell(title)) return
    const found = words.columns.find(
      ({ label }) => normalizeLabel(label) === normalizeLabel(String(title)),
    )?.column
    const place = { sheet: name, row: 0, column }
    if (!found) problems.add(place, 'unknownColumn')
    else if (at.has(found)) problems.add(place, 'repeated')
    else at.set(found, column)
  })
  const missing = words.columns.filter(({ column }) => !at.has(column) && !optional.includes(column))
  missing.forEach(({ label }, index) => {
    problems.add({ sheet: name, row: 0, column: titles.length + index }, 'columnMissing', { label })
  })
  return at
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
    const found = { sheet, row, column: at.get(column) ?? 0 }
    for (const path of paths) places.set(`activities.${index}.${path}`, found)
    return found
  }
  return {
    place,
    blame: (column, problem, values) => problems.add(place(column), problem, values),
    take: (column, read) => {
      const position = at.get(column)
      if (position === undefined) return undefined
      const cell = cells[position] ?? null
      if (isEmptyCell(cell)) {
        if (!optional.includes(column)) problems.add(place(column), 'missing')
        return undefined
      }
      const result = read(cell)
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
