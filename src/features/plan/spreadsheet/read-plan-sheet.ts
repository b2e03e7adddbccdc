import { alike, type Cell, isEmpty, type Sheet } from './cells.ts'
import type { Places } from './places.ts'
import type { Problems } from './sheet-problems.ts'
import { type Read, readDay, readNumber, readWords } from './cell-values.ts'
import { chosen, type Field, type SheetWords } from './sheet-words.ts'

const lists: readonly Field[] = ['tasks', 'results']

export type PlanSheet = {
  number?: number
  /** The document's own fields, as far as they could be read. */
  head: Record<string, unknown>
}

/** Labels in column A, values in column B; a task or result a row, with an empty label from the second one on. */
export const readPlanSheet = (
  { name, rows }: Sheet,
  words: SheetWords,
  { problems, places }: { problems: Problems; places: Places },
): PlanSheet => {
  const given = new Map<Field, { cell: Cell; row: number }[]>()
  let field: Field | undefined
  rows.forEach(([label = null, value = null, ...more], row) => {
    more.forEach((cell, index) => {
      if (!isEmpty(cell)) problems.add({ sheet: name, row, column: index + 2 }, 'unknownColumn')
    })
    if (!isEmpty(label)) {
      const text = alike(String(label))
      field = words.fields.find((one) => alike(one.label) === text)?.field
      if (!field && !isEmpty(value)) problems.add({ sheet: name, row, column: 0 }, 'unknownRow')
      if (field && given.has(field)) problems.add({ sheet: name, row, column: 0 }, 'repeated')
      if (field) given.set(field, given.get(field) ?? [{ cell: null, row }])
    }
    if (isEmpty(value)) return
    if (!field) {
      if (isEmpty(label)) problems.add({ sheet: name, row, column: 1 }, 'unknownRow')
      return
    }
    const before = given.get(field)?.filter(({ cell }) => !isEmpty(cell)) ?? []
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
  { problems, places }: { problems: Problems; places: Places },
): PlanSheet => {
  const take = <T>(field: Field, read: (cell: Cell) => Read<T>): T | undefined => {
    const [first] = given.get(field) ?? []
    const place = { sheet, row: first?.row ?? 0, column: 1 }
    places.set(field, place)
    if (!first) {
      const label = words.fields.find((one) => one.field === field)?.label ?? field
      problems.add({ ...place, row: words.fields.findIndex((one) => one.field === field) }, 'columnMissing', {
        label,
      })
      return undefined
    }
    if (isEmpty(first.cell)) {
      problems.add(place, 'missing')
      return undefined
    }
    const result = read(first.cell)
    if ('value' in result) return result.value
    problems.add(place, result.problem)
    return undefined
  }

  const level = take('level', readWords)
  const known = level === undefined ? undefined : chosen(words.levels, level)
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
      const result = readWords(cell)
      if ('value' in result) return [result.value]
      if (!isEmpty(cell)) problems.add(place, result.problem)
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
