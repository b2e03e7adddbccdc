import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  enoughFamilies,
  type Group,
  shownCells,
  shownInTable,
} from '#features/surveys/results/protect-results.ts'

/** Answer sets with their family, row and column. */
type Sent = { family: string; row: number; column: number }

const sent = (size: { rows: number; columns: number; families: number }) =>
  fc.array(
    fc.record({
      family: fc.nat(size.families).map(String),
      row: fc.nat(size.rows - 1),
      column: fc.nat(size.columns - 1),
    }),
    { maxLength: size.families * 6 },
  )

const groupOf = (sets: readonly Sent[]): Group => ({
  n: sets.length,
  // A group stores any five of its families.
  families: [...new Set(sets.map(({ family }) => family))].slice(0, 5),
})

const of = (n: number, name = 'f'): Group => ({
  n,
  families: Array.from({ length: Math.min(n, 5) }, (_, place) => `${name}${place}`),
})

const beside = (...cells: Group[]) => shownCells({ group: of(100), shown: true }, cells)

describe('a breakdown', () => {
  test('shows groups of five families, however small the others are', () => {
    expect(beside(of(5, 'a'), of(9, 'b'), of(50, 'c'))).toEqual([true, true, true])
  })

  test('counts families, not answers', () => {
    const often = { n: 40, families: ['a', 'b', 'c', 'd'] }
    expect(enoughFamilies(often)).toBe(false)
    expect(beside(often, of(9, 'b'), of(50, 'c'))).toEqual([false, false, true])
  })

  test('hides the next smallest group if only one is hidden', () => {
    expect(beside(of(4, 'a'), of(50, 'b'), of(9, 'c'), of(12, 'd'))).toEqual([false, true, false, true])
  })

  test('hides it also if the hidden ones are too few together, or are the same families', () => {
    expect(beside(of(2, 'a'), of(2, 'b'), of(9, 'c'), of(12, 'd'))).toEqual([false, false, false, true])
    expect(beside(of(4, 'a'), of(3, 'a'), of(9, 'c'), of(12, 'd'))).toEqual([false, false, false, true])
    expect(beside(of(4, 'a'), of(3, 'b'), of(9, 'c'), of(12, 'd'))).toEqual([false, false, true, true])
  })

  test('shows nothing if the total is hidden, and ignores empty groups', () => {
    expect(shownCells({ group: of(4), shown: false }, [of(4)])).toEqual([false])
    expect(beside(of(0), of(9, 'a'), of(50, 'b')).slice(1)).toEqual([true, true])
  })
})

/** The groups hidden in a total. */
const restOf = (sets: readonly Sent[], shown: (one: Sent) => boolean) => sets.filter((one) => !shown(one))

/** Nothing is hidden, or more than one group with at least five families together; or only the total is shown. */
const mustKeep = (sets: readonly Sent[], shown: boolean[], place: (one: Sent) => number) => {
  const rest = restOf(sets, (one) => shown[place(one)] === true)
  if (rest.length === 0 || rest.length === sets.length) return
  expect(new Set(rest.map(place)).size).toBeGreaterThan(1)
  expect(new Set(rest.map(({ family }) => family)).size).toBeGreaterThanOrEqual(5)
}

test('for any answers: a breakdown and its total reveal nothing about fewer than five families', () => {
  fc.assert(
    fc.property(sent({ rows: 1, columns: 6, families: 14 }), (sets) => {
      const cells = [0, 1, 2, 3, 4, 5].map((at) => groupOf(sets.filter(({ column }) => column === at)))
      const total = groupOf(sets)
      const shown = shownCells({ group: total, shown: enoughFamilies(total) }, cells)
      for (const [place, cell] of cells.entries()) if (shown[place]) expect(enoughFamilies(cell)).toBe(true)
      if (!enoughFamilies(total)) expect(shown).not.toContain(true)
      mustKeep(sets, shown, ({ column }) => column)
    }),
    { numRuns: 1_000 },
  )
})

test('nor do the rows, columns and totals of a table together, in any combination', () => {
  const [rows, columns] = [4, 3]
  fc.assert(
    fc.property(
      sent({ rows, columns, families: 20 }),
      fc.array(fc.boolean(), { maxLength: 4 }),
      (sets, most) => {
        const within = (r?: number, c?: number) =>
          sets.filter(({ row, column }) => (r ?? row) === row && (c ?? column) === column)
        const [down, across] = [
          [0, 1, 2, 3],
          [0, 1, 2],
        ]
        const shown = shownInTable(
          {
            total: groupOf(sets),
            rows: down.map((r) => groupOf(within(r))),
            columns: across.map((c) => groupOf(within(undefined, c))),
            cells: down.map((r) => across.map((c) => groupOf(within(r, c)))),
          },
          { rows: most },
        )
        mustKeep(sets, shown.rows, ({ row }) => row)
        mustKeep(sets, shown.columns, ({ column }) => column)
        for (const r of down) {
          const line = shown.cells[r] ?? []
          for (const c of across) if (line[c]) expect(enoughFamilies(groupOf(within(r, c)))).toBe(true)
          if (!shown.rows[r]) expect(line).not.toContain(true)
          mustKeep(within(r), line, ({ column }) => column)
        }
        for (const c of across) {
          const line = down.map((r) => shown.cells[r]?.[c] === true)
          if (!shown.columns[c]) expect(line).not.toContain(true)
          mustKeep(within(undefined, c), line, ({ row }) => row)
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
