import { normalizeLabel, type Cell, isEmptyCell, type Sheet } from './cells.ts'
import type { CellPlaces } from './places.ts'
import type { Problems } from './sheet-problems.ts'
import { type CellResult, readCell, readDay, readNumber, readWords } from './cell-values.ts'
import { findChoice, type Field, type SheetWords } from './sheet-words.ts'

const lists: readonly Field[] = ['tasks', 'results']

export type PlanSheet = {
  number?: number
  /** The document's fields, as far as they could be read. */
  head: Record<string, unknown>
}

/** Labels in column A, values in column B; one task or result per row, with the label only in the first. */
export const readPlanSheet = (
  { name, rows }: Sheet,
  words: SheetWords,
  { problems, places }: { problems: Problems; places: CellPlaces },
): PlanSheet => {
  const given = new Map<Field, { cell: Cell; row: number }[]>()
  let field: Field | undefined
  rows.forEach(([label = null, value = null, ...more], row) => {
    more.forEach((cell, index) => {
      if (!isEmptyCell(cell)) problems.add({ sheet: name, row, column: index + 2 }, 'unknownColumn')
    })
    if (!isEmptyCell(label)) {
      const text = normalizeLabel(String(label))
      field = words.fields.find(({ label: one, also }) =>
        [one, ...also].some((known) => normalizeLabel(known) === text),
      )?.field
      if (!field && !isEmptyCell(value)) problems.add({ sheet: name, row, column: 0 }, 'unknownRow')
      if (field && given.has(field)) problems.add({ sheet: name, row, column: 0 }, 'repeated')
      if (field) given.set(field, given.get(field) ?? [{ cell: null, row }])
    }
    if (isEmptyCell(value)) return
    if (!field) {
      if (isEmptyCell(label)) problems.add({ sheet: name, row, column: 1 }, 'unknownRow')
      return
    }
    const before = given.get(field)?.filter(({ cell }) => !isEmptyCell(cell)) ?? []
    if (before.length > 0 && !lists.includes(field)) problems.add({ sheet: name, row, column: 1 }, 'single')
    given.set(field, [...before, { cell: value, row }])
  })
  return fill(name, given, words, { problems, places })
}

type Given = Map<Field, { cell: Cell; row: number }[]>

const fill = (
  sheet: string,
  given: Given,
  words: SheetWords,
  { problems, places }: { problems: Problems; places: CellPlaces },
): PlanSheet => {
  const take = <T>(field: Field, read: (cell: Cell) => CellResult<T>): T | undefined => {
    const [first] = given.get(field) ?? []
    const place = { sheet, row: first?.row ?? 0, column: 1 }
    places.set(field, place)
    if (!first) {
      const label = words.fields.find((one) => one.field === field)?.label ?? field
      places.set(field, null)
      problems.add({ ...place, row: words.fields.findIndex((one) => one.field === field) }, 'columnMissing', {
        label,
      })
      return undefined
    }
    if (isEmptyCell(first.cell)) {
      problems.add(place, 'missing')
      return undefined
    }
    const result = readCell(first.cell, read)
    if ('value' in result) return result.value
    problems.add(place, result.problem)
    return undefined
  }

  const level = take('level', readWords)
  const known = level === undefined ? undefined : findChoice(words.levels, level)
  if (level !== undefined && !known) {
    const place = places.get('level')
    const names = words.levels.map(({ label }) => label).join(', ')
    if (place) problems.add(place, 'level', { given: level, known: names })
  }
  const number = take('family', readNumber)
  const list = (field: 'tasks' | 'results') => {
    take(field, readWords)
    return (given.get(field) ?? []).flatMap(({ cell, row }, index) => {
      const place = { sheet, row, column: 1 }
      places.set(`${field}.${index}`, place)
      const result = readCell(cell, readWords)
      if ('value' in result) return [result.value]
      if (!isEmptyCell(cell)) problems.add(place, result.problem)
      return ['']
    })
  }
  return {
    ...(number !== undefined && { number }),
    head: {
      level: known,
      from: take('from', readDay),
      until: take('until', readDay),
      goal: take('goal', readWords),
      tasks: list('tasks'),
      results: list('results'),
    },
  }
}
