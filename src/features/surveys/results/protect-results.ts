/** The minimum number of distinct families behind any displayed figure. */
const leastFamilies = 5

/** A group of answers for suppression, which depends on who answered, never on the content. */
export type Group = {
  /** Number of answers; 0: the group does not exist. */
  n: number
  /** Its families as opaque names, valid within the dimension; for five or more, any five of them. */
  families: readonly string[]
}

export const emptyGroup: Group = { n: 0, families: [] }

/** The same where only a number of different families is known; nobody is not few. */
export const isFew = (families: number): boolean => families > 0 && families < leastFamilies

/** Whether groups together have enough families. */
export const enoughFamilies = (...groups: readonly Group[]): boolean =>
  new Set(groups.flatMap(({ families }) => families)).size >= leastFamilies

/**
 * Decides which groups of a breakdown may be shown beside their total. A group of too few families is hidden. If the
 * hidden rest could be obtained by subtraction, because it is a single group or too few families together, the next
 * smallest group is hidden, too (complementary suppression). `hidden`: groups that other figures have hidden already.
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

/** Whether the total minus the shown groups is a single group, or too few families. */
const tellsOfHidden = (cells: readonly Group[], shown: readonly boolean[]): boolean => {
  const rest = cells.filter(({ n }, place) => n > 0 && !shown[place])
  return rest.length > 0 && (rest.length === 1 || !enoughFamilies(...rest))
}

const smallestShown = (cells: readonly Group[], shown: readonly boolean[]): number | undefined => {
  const candidates = cells.flatMap(({ n }, place) => (n > 0 && shown[place] ? [{ n, place }] : []))
  return candidates.toSorted((a, b) => a.n - b.n || a.place - b.place)[0]?.place
}

/** A table of groups with its totals: one dimension down, the other across. */
export type Table = {
  total: Group
  /** The totals of rows and columns. */
  rows: readonly Group[]
  columns: readonly Group[]
  cells: readonly (readonly Group[])[]
}

export type Shown = { total: boolean; rows: boolean[]; columns: boolean[]; cells: boolean[][] }

/**
 * The same for a two-way table, of which different queries may show a row, a column or one cell: all queries together
 * reveal no more than one. Totals are judged first, by themselves. Then rows and columns are suppressed in turn until
 * neither reveals what the other hides; a row or column with a hidden total shows nothing. `most`: what other figures
 * of the same groups leave visible.
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
