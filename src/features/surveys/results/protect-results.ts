/** So many different families stand behind whatever is shown. */
const leastFamilies = 5

/** A group of answers, as it is judged: by who stands behind it, never by what they said. */
export type Group = {
  /** How many answers; 0: there is no such group. */
  n: number
  /** Its families, as opaque names that hold within the dimension; five or more may be any five of them. */
  families: readonly string[]
}

export const emptyGroup: Group = { n: 0, families: [] }

/** Whether enough families stand behind groups together. */
export const enoughFamilies = (...groups: readonly Group[]): boolean =>
  new Set(groups.flatMap(({ families }) => families)).size >= leastFamilies

/**
 * Which groups of a breakdown may be shown beside their sum. None of too few families is; and where what is hidden
 * could be had by subtraction, being one group or too few families together, the next smallest group is hidden with it.
 * `hidden`: groups that other figures have hidden already.
 */
export const shownCells = (
  total: { group: Group; shown: boolean },
  cells: readonly Group[],
  hidden: readonly boolean[] = [],
): boolean[] => {
  const shown = cells.map((cell, place) => total.shown && hidden[place] !== true && enoughFamilies(cell))
  while (tellsOfHidden(cells, shown)) {
    const next = smallestShown(cells, shown)
    if (next === undefined) break
    shown[next] = false
  }
  return shown
}

/** Whether the sum without what is shown is one group, or too few families. */
const tellsOfHidden = (cells: readonly Group[], shown: readonly boolean[]): boolean => {
  const rest = cells.filter(({ n }, place) => n > 0 && !shown[place])
  return rest.length > 0 && (rest.length === 1 || !enoughFamilies(...rest))
}

const smallestShown = (cells: readonly Group[], shown: readonly boolean[]): number | undefined => {
  const candidates = cells.flatMap(({ n }, place) => (n > 0 && shown[place] ? [{ n, place }] : []))
  return candidates.toSorted((a, b) => a.n - b.n || a.place - b.place)[0]?.place
}

/** A table of groups with its sums: one dimension down, the other across. */
export type Table = {
  total: Group
  /** The sum of each row, and of each column. */
  rows: readonly Group[]
  columns: readonly Group[]
  cells: readonly (readonly Group[])[]
}

export type Shown = { total: boolean; rows: boolean[]; columns: boolean[]; cells: boolean[][] }

/**
 * The same for a table, of which several questions may show a row, a column or one cell each: whoever asks them all
 * learns no more than from one. Sums are judged first and by themselves. Then rows and columns hide in turn until
 * neither tells of what the other hides; a row or column whose own sum is hidden shows nothing. `most`: what other
 * figures of the same groups leave to be shown.
 */
export const shownInTable = ({ total, rows, columns, cells }: Table, most: Partial<Shown> = {}): Shown => {
  const all = most.total !== false && enoughFamilies(total)
  const sums = (line: readonly Group[], before: readonly boolean[] | undefined) =>
    shownCells(
      { group: total, shown: all },
      line,
      before?.map((one) => !one),
    )
  const shown = { total: all, rows: sums(rows, most.rows), columns: sums(columns, most.columns) }
  const inside = cells.map((row, r) => row.map((_, c) => most.cells?.[r]?.[c] !== false))
  let before = -1
  for (let now = hiddenIn(inside); now !== before; now = hiddenIn(inside)) {
    before = now
    for (const [r, row] of cells.entries()) {
      const line = { group: rows[r] ?? emptyGroup, shown: shown.rows[r] === true }
      inside[r] = shownCells(
        line,
        row,
        inside[r]?.map((one) => !one),
      )
    }
    for (const [c, column] of columns.entries()) {
      const line = { group: column, shown: shown.columns[c] === true }
      const own = shownCells(
        line,
        columnOf(cells, c, emptyGroup),
        columnOf(inside, c, false).map((one) => !one),
      )
      for (const [r, row] of inside.entries()) row[c] = own[r] === true
    }
  }
  return { ...shown, cells: inside }
}

const columnOf = <T>(lines: readonly (readonly T[])[], c: number, none: T): T[] =>
  lines.map((row) => row[c] ?? none)

const hiddenIn = (lines: readonly (readonly boolean[])[]): number => lines.flat().filter((one) => !one).length
