import { type SumsFilter, type SumRow, sumsBy } from '#storage/surveys/survey-results.ts'
import type { Reading } from '#storage/surveys/survey-reader.ts'
import { wholeSet } from '#storage/surveys/survey-tallies.ts'
import { byQuestion, type Groups, groupOf, keyOf, summed } from './figures.ts'
import { shownCells, shownInTable, type Shown } from './protect-results.ts'
import { besides, partition } from './slices.ts'

/** A group's sum, and whether it may be shown. */
export type SuppressedSum = { row: SumRow | undefined; shown: boolean }

/** Groups of one dimension. */
type Line = ReadonlyMap<string, SuppressedSum>

/** The sums of one question, or of whole answer sets. */
export type SuppressedSums = { total: SuppressedSum; months: Line; territories: Line; slices: Line }

export const setsKey = keyOf({ question: wholeSet, since: 0 })

/**
 * Returns the sums and which of them may be shown. Whole sets are judged within the table of all territories by all
 * slices beside the requested one: a group is shown for every question or for none. Single questions are judged
 * within that, each line by itself.
 */
export const visibleSums = async (
  reading: Reading,
  { months, ...of }: Omit<SumsFilter, 'slice'> & { slice: string | undefined; months: readonly string[] },
): Promise<(question: string) => SuppressedSums> => {
  const { territory, slice } = of
  const own = { ...of, slice: slice ?? 'all' }
  const byMonth = byQuestion(await sumsBy(reading, own, ['month']), (row) => row.month)
  const byTerritory =
    territory === undefined
      ? byQuestion(await sumsBy(reading, own, ['territory']), (row) => row.territory)
      : new Map<string, Groups>()
  const bySlice =
    slice === undefined
      ? byQuestion(
          await sumsBy(reading, { ...of, slice: { of: besides(slice) } }, ['slice']),
          (row) => row.slice,
        )
      : new Map<string, Groups>()
  const visible = await visibleSets(reading, of)

  const totalOf = (question: string): SuppressedSum => {
    const row = summed([...(byMonth.get(question)?.values() ?? [])])
    const shown = visible.total && groupOf(row).families.length >= 5
    return { row, shown }
  }
  const whole = totalOf(setsKey)
  const sumsOf = (question: string, ofSets: SuppressedSums | undefined): SuppressedSums => {
    const total = ofSets ? totalOf(question) : whole
    const line = (
      names: readonly string[],
      groups: Groups | undefined,
      may: (name: string) => boolean,
    ): Line => {
      const shown = shownCells(
        { group: groupOf(total.row), shown: total.shown },
        names.map((name) => groupOf(groups?.get(name))),
        names.map((name) => !may(name)),
      )
      return new Map(
        names.map((name, place) => [name, { row: groups?.get(name), shown: shown[place] === true }]),
      )
    }
    const inSlices = Map.groupBy([...(bySlice.get(setsKey)?.keys() ?? [])].sort(), partition)
    const ofSlices = [...inSlices.values()].flatMap((names) => [
      ...line(names, bySlice.get(question), (name) => visible.slice(name)),
    ])
    return {
      total,
      months: line(months, byMonth.get(question), (name) => ofSets?.months.get(name)?.shown !== false),
      territories: line(
        [...(byTerritory.get(setsKey)?.keys() ?? [])].sort(),
        byTerritory.get(question),
        (name) => visible.territory(name),
      ),
      slices: new Map(ofSlices),
    }
  }
  const ofSets = sumsOf(setsKey, undefined)
  return (question) => (question === setsKey ? ofSets : sumsOf(question, ofSets))
}

type VisibleSets = { total: boolean; territory(code: string): boolean; slice(name: string): boolean }

/** Whether the sets of the query, and those of its territories and slices, may be shown. */
const visibleSets = async (
  reading: Reading,
  { territory, slice, ...of }: Omit<SumsFilter, 'slice'> & { slice: string | undefined },
): Promise<VisibleSets> => {
  const question = wholeSet
  const parts = { ...of, question, slice: { of: besides(slice) } }
  const rows = one(
    await sumsBy(reading, { ...of, question, slice: 'all' }, ['territory']),
    (row) => row.territory,
  )
  const columns = one(await sumsBy(reading, parts, ['slice']), (row) => row.slice)
  const narrowed = territory !== undefined || slice !== undefined
  const cells = narrowed
    ? one(await sumsBy(reading, parts, ['territory', 'slice']), (row) => `${row.territory} ${row.slice}`)
    : new Map<string, SumRow>()
  const territories = [...rows.keys()].sort()
  const shownWith = (slices: readonly string[]): Shown =>
    shownInTable({
      total: groupOf(summed([...rows.values()])),
      rows: territories.map((code) => groupOf(rows.get(code))),
      columns: slices.map((name) => groupOf(columns.get(name))),
      cells: narrowed
        ? territories.map((code) => slices.map((name) => groupOf(cells.get(`${code} ${name}`))))
        : [],
    })
  const tables = [...Map.groupBy([...columns.keys()].sort(), partition).values()].map((slices) => ({
    slices,
    shown: shownWith(slices),
  }))
  const sums = shownWith([])
  const place = territory === undefined ? -1 : territories.indexOf(territory)
  const inTable = (name: string, row: number | undefined): boolean => {
    const table = tables.find(({ slices }) => slices.includes(name))
    const column = table?.slices.indexOf(name) ?? -1
    return (row === undefined ? table?.shown.columns[column] : table?.shown.cells[row]?.[column]) === true
  }
  const row = territory === undefined ? undefined : place
  return {
    total:
      slice !== undefined ? inTable(slice, row) : row === undefined ? sums.total : sums.rows[row] === true,
    territory: (code) =>
      slice === undefined
        ? sums.rows[territories.indexOf(code)] === true
        : inTable(slice, territories.indexOf(code)),
    slice: (name) => inTable(name, row),
  }
}

const one = (rows: readonly SumRow[], nameOf: (row: SumRow) => string): Map<string, SumRow> =>
  new Map(rows.map((row) => [nameOf(row), row]))
