import { type Sums, type SumRow, sumsBy } from '#storage/survey-results.ts'
import type { Reading } from '#storage/survey-reader.ts'
import { wholeSet } from '#storage/survey-tallies.ts'
import { byQuestion, type Groups, groupOf, keyOf } from './figures.ts'
import { type Shown, shownOf, type Table } from './protect.ts'
import { besides, partition } from './slices.ts'

/** What a group says, and whether it may be said. */
export type Seen = { row: SumRow | undefined; shown: boolean }

/** What is seen of one question, or of the sets themselves. */
export type Sight = {
  total: Seen
  territories: ReadonlyMap<string, Seen>
  slices: ReadonlyMap<string, Seen>
}

export const sets = keyOf({ question: wholeSet, since: 0 })

/** All groups of a period, as they are summed for every question. */
type Everything = {
  totals: ReadonlyMap<string, Groups>
  rows: ReadonlyMap<string, Groups>
  columns: ReadonlyMap<string, Groups>
  cells: ReadonlyMap<string, Groups>
}

const cellName = (territory: string, slice: string): string => `${territory} ${slice}`

/**
 * Sums, and which of them may be shown. Whatever is asked for is judged within the table of all territories and of all
 * slices beside the one that is asked for, so that a group is shown to all questions or to none of them.
 */
export const seeSums = async (
  reading: Reading,
  { territory, slice, ...of }: Omit<Sums, 'slice'> & { slice: string | undefined },
): Promise<(question: string) => Sight> => {
  const whole = { ...of, slice: 'all' }
  const parts = { ...of, slice: { of: besides(slice) } }
  const narrowed = territory !== undefined || slice !== undefined
  const everything: Everything = {
    totals: byQuestion(await sumsBy(reading, whole, []), () => ''),
    rows: byQuestion(await sumsBy(reading, whole, ['territory']), (row) => row.territory),
    columns: byQuestion(await sumsBy(reading, parts, ['slice']), (row) => row.slice),
    cells: narrowed
      ? byQuestion(await sumsBy(reading, parts, ['territory', 'slice']), (row) =>
          cellName(row.territory, row.slice),
        )
      : new Map(),
  }
  const territories = [...(everything.rows.get(sets)?.keys() ?? [])].sort()
  const slices = [...(everything.columns.get(sets)?.keys() ?? [])].sort()
  const tables = Map.groupBy(slices, partition)
  const ofSets = new Map<string, Shown>()
  const judge = (question: string, name: string, columns: readonly string[]): Shown => {
    const table = tableOf(everything, question, { territories, columns, inside: narrowed })
    return shownOf(table, ofSets.get(name))
  }
  for (const [name, columns] of [['', []] as const, ...tables]) ofSets.set(name, judge(sets, name, columns))

  return (question) => {
    const sums = judge(question, '', [])
    const inTerritories = named(territories, everything.rows.get(question), sums.rows)
    const inSlices = new Map<string, Seen>()
    for (const [name, columns] of tables) {
      const shown = judge(question, name, columns)
      const r = territory === undefined ? -1 : territories.indexOf(territory)
      for (const [c, column] of columns.entries()) {
        const cells = everything.cells.get(question)
        if (column === slice)
          for (const [place, code] of territories.entries())
            inTerritories.set(code, {
              row: cells?.get(cellName(code, column)),
              shown: shown.cells[place]?.[c] === true,
            })
        inSlices.set(
          column,
          territory === undefined
            ? { row: everything.columns.get(question)?.get(column), shown: shown.columns[c] === true }
            : { row: cells?.get(cellName(territory, column)), shown: shown.cells[r]?.[c] === true },
        )
      }
    }
    const none: Seen = { row: undefined, shown: false }
    const all: Seen = { row: everything.totals.get(question)?.get(''), shown: sums.total }
    const total =
      slice !== undefined
        ? (inSlices.get(slice) ?? none)
        : territory !== undefined
          ? (inTerritories.get(territory) ?? none)
          : all
    return { total, territories: inTerritories, slices: inSlices }
  }
}

const named = (names: readonly string[], groups: Groups | undefined, shown: readonly boolean[]) =>
  new Map<string, Seen>(
    names.map((name, place) => [name, { row: groups?.get(name), shown: shown[place] === true }]),
  )

const tableOf = (
  { totals, rows, columns, cells }: Everything,
  question: string,
  names: { territories: readonly string[]; columns: readonly string[]; inside: boolean },
): Table => ({
  total: groupOf(totals.get(question)?.get('')),
  rows: names.territories.map((name) => groupOf(rows.get(question)?.get(name))),
  columns: names.columns.map((name) => groupOf(columns.get(question)?.get(name))),
  cells: names.inside
    ? names.territories.map((territory) =>
        names.columns.map((column) => groupOf(cells.get(question)?.get(cellName(territory, column)))),
      )
    : [],
})
